import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { hasUnseenChange } from "../../core/protocol/snapshot.ts";
import { isAwaitingDeployment } from "../../core/session/fault.ts";

export type StateFilter = "all" | "faults" | "unseen";

/** Profiles of an environment of an application. */
export interface ProfileGroup {
	readonly application: string;
	readonly environment: string;
	readonly entries: readonly ProfileSnapshot[];
}

/** Gets no configuration, although it is not paused and something is deployed. */
export function hasFault({ phase, paused, fault }: ProfileSnapshot): boolean {
	if (phase === "halted") return true;
	return !paused && fault !== undefined && !isAwaitingDeployment(fault);
}

export function countStates(
	profiles: readonly ProfileSnapshot[],
): Readonly<Record<Exclude<StateFilter, "all">, number>> {
	return {
		faults: profiles.filter(hasFault).length,
		unseen: profiles.filter(hasUnseenChange).length,
	};
}

/** The profiles of a state in whose names each word of a text occurs. */
export function filterProfiles(
	profiles: readonly ProfileSnapshot[],
	text: string,
	state: StateFilter,
): readonly ProfileSnapshot[] {
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	return profiles.filter((entry) => {
		if (state === "faults" && !hasFault(entry)) return false;
		if (state === "unseen" && !hasUnseenChange(entry)) return false;
		const { name, application, environment, configurationProfile } =
			entry.profile;
		const names = [name, application, environment, configurationProfile]
			.join("\n")
			.toLowerCase();
		return words.every((word) => names.includes(word));
	});
}

/** By application, then by environment, in the order in which they come first. */
export function groupProfiles(
	profiles: readonly ProfileSnapshot[],
): readonly ProfileGroup[] {
	const applications = new Map<string, Map<string, ProfileSnapshot[]>>();
	for (const entry of profiles) {
		const { application, environment } = entry.profile;
		const environments =
			applications.get(application) ?? new Map<string, ProfileSnapshot[]>();
		applications.set(application, environments);
		const entries = environments.get(environment) ?? [];
		environments.set(environment, entries);
		entries.push(entry);
	}
	return [...applications].flatMap(([application, environments]) =>
		[...environments].map(([environment, entries]) => ({
			application,
			environment,
			entries,
		})),
	);
}
