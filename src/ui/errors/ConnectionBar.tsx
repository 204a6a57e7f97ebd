import { usePlatform } from "../background-client/context.tsx";
import {
	type ConnectionState,
	OUTDATED,
} from "../background-client/port-client.ts";
import { Button } from "../components/Button.tsx";

export function ConnectionBar({ state }: { readonly state: ConnectionState }) {
	if (state === "outdated")
		return (
			<p class="bar warn" role="alert">
				{OUTDATED}
			</p>
		);
	if (state === "reconnecting")
		return (
			<p class="bar info" role="alert">
				The background does not answer. Showing the last known state.
				Reconnecting…
			</p>
		);
	return null;
}

/** Replaces a whole view whose background runs another version: nothing else in it could be trusted. */
export function OtherVersion() {
	const platform = usePlatform();
	return (
		<div class="placeholder" role="alert">
			<h2>Reload the extension</h2>
			<p>
				The extension's files were replaced, but another version of it still
				runs in the background. Profiles, connections and history are kept.
				Secrets that are kept only until the browser closes must be entered
				again.
			</p>
			<Button
				name="Reload extension"
				kind="primary"
				onClick={() => platform.reload()}
			/>
		</div>
	);
}
