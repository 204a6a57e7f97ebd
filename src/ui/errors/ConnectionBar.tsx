// What is to be known about the line to the background, when it is not simply there.
import type { ConnectionState } from "../background-client/background-client.ts";
import { OUTDATED } from "../background-client/background-client.ts";

export function ConnectionBar({ line }: { line: ConnectionState }) {
	if (line === "outdated")
		return (
			<p class="bar warn" role="alert">
				{OUTDATED}
			</p>
		);
	if (line === "away")
		return (
			<p class="bar info" role="alert">
				The background does not answer. Showing the last known state.
				Reconnecting…
			</p>
		);
	return null;
}
