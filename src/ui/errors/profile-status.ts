import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { hasUnseenChange } from "../../core/protocol/snapshot.ts";
import { isAwaitingDeployment } from "../../core/session/fault.ts";

/** Credentials that nobody renews are warned about in their last five minutes. */
export const EXPIRY_WARNING_MS = 5 * 60_000;

export type Tone = "good" | "busy" | "warn" | "bad" | "idle";

export interface ProfileStatus {
	readonly tone: Tone;
	readonly text: string;
	/** There is a version that the user has not seen. */
	readonly isNew?: boolean;
}

/** How a profile is doing: the tone and text beside its name. */
export function profileStatus(profile: ProfileSnapshot): ProfileStatus {
	const { phase, paused, fault, versions } = profile;
	if (phase === "halted") return { tone: "bad", text: "stopped" };
	if (paused) return { tone: "idle", text: "paused" };
	if (fault && isAwaitingDeployment(fault))
		return { tone: "idle", text: "nothing deployed" };
	if (fault) return { tone: "warn", text: "retrying" };
	if (hasUnseenChange(profile))
		return { tone: "good", text: "new version", isNew: true };
	if (versions.length > 0) return { tone: "good", text: "live" };
	return phase === "waiting"
		? { tone: "idle", text: "nothing deployed" }
		: { tone: "busy", text: "opening" };
}
