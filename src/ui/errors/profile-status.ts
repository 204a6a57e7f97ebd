// How a profile is doing, in one word and one tone: what the dot beside its name says.

import { hasUnseenChange } from "../../core/history/unseen.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { isAwaitingDeployment } from "../../core/session/fault.ts";

export type Tone = "good" | "busy" | "warn" | "bad" | "idle";

export interface Condition {
	readonly tone: Tone;
	readonly words: string;
	/** A change not looked at yet. */
	readonly isNew?: boolean;
}

export function conditionOf(profile: ProfileSnapshot): Condition {
	const { phase, paused, fault, versions } = profile;
	if (phase === "halted") return { tone: "bad", words: "stopped" };
	if (paused) return { tone: "idle", words: "paused" };
	if (fault && isAwaitingDeployment(fault))
		return { tone: "idle", words: "nothing deployed" };
	if (fault) return { tone: "warn", words: "retrying" };
	if (hasUnseenChange(profile))
		return { tone: "good", words: "new version", isNew: true };
	if (versions.length > 0) return { tone: "good", words: "live" };
	return phase === "waiting"
		? { tone: "idle", words: "nothing deployed" }
		: { tone: "busy", words: "opening" };
}
