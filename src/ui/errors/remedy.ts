import type { Remote } from "../../core/protocol/commands.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { Platform } from "../background-client/platform.ts";
import { connectionRoute } from "../components/routes.ts";
import type { Remedy } from "./fault-messages.ts";
import { pollNow } from "./poll-now.ts";
import { requiredHostPattern } from "./required-host.ts";

export interface RemedyOptions {
	readonly remote: Pick<Remote, "pollNow">;
	readonly platform: Pick<Platform, "openOptions" | "requestHost">;
}

/**
 * Carries out what the button beside a fault offers. Resolves with a sentence for the user, which is empty when there is nothing
 * to say. Must run synchronously up to the permission request: after an await it would not count as part of the click.
 */
export function applyRemedy(
	{ remote, platform }: RemedyOptions,
	{ profile, fault }: ProfileSnapshot,
	remedy: Remedy,
): Promise<string> {
	const { id } = profile;
	// The background reports the pattern that it lacks.
	const reported = fault?.kind === "permission-missing" ? fault.detail : "";
	const pattern = reported || requiredHostPattern(profile, []);
	if (remedy === "grant" && platform.requestHost && pattern)
		return platform.requestHost(pattern).then(async (isGranted) => {
			if (!isGranted) return `${pattern} was not allowed.`;
			await remote.pollNow({ id });
			return `${pattern} is allowed.`;
		});
	if (remedy === "retry" || (remedy === "grant" && !pattern))
		return pollNow(remote, id);
	platform.openOptions(
		remedy === "connection" && profile.connection
			? connectionRoute(profile.connection)
			: id,
	);
	return Promise.resolve("");
}
