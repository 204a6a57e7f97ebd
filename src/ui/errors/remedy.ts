// What the button beside a fault does.
import type { Remote } from "../../core/protocol/commands.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { Platform } from "../background-client/platform.ts";
import { connectionRoute } from "../components/connection-route.ts";
import { pollResultMessage } from "../inspector/actions.ts";
import type { Remedy } from "./fault-messages.ts";
import { requiredHostPattern } from "./needed-host.ts";

export interface RemedyOptions {
	readonly remote: Remote;
	readonly platform: Platform;
}

/**
 * Answers with a sentence for the user; empty when there is nothing to say.
 * Not async up to the browser's question: after an await the click no longer counts.
 */
export function applyRemedy(
	{ remote, platform }: RemedyOptions,
	{ profile, fault }: ProfileSnapshot,
	remedy: Remedy,
): Promise<string> {
	const { id } = profile;
	// The background names the host that it was kept from.
	const told = fault?.kind === "permission-missing" ? fault.detail : "";
	const pattern = told || requiredHostPattern(profile, []);
	if (remedy === "grant" && platform.requestHost && pattern)
		return platform.requestHost(pattern).then(async (isGranted) => {
			if (!isGranted) return `${pattern} was not allowed.`;
			await remote.pollNow({ id });
			return `${pattern} is allowed.`;
		});
	if (remedy === "retry" || (remedy === "grant" && !pattern))
		return remote
			.pollNow({ id })
			.then((result) => pollResultMessage(result, Date.now()));
	platform.openOptions(
		remedy === "connection" && profile.connection
			? connectionRoute(profile.connection)
			: id,
	);
	return Promise.resolve("");
}
