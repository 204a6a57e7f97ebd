import type { Profile } from "../profile/profile.ts";
import { proposeEnvironmentColor } from "../shared/environment.ts";

/** What the user wants to be notified of. Faults are told with all rules but `nothing`. */
export const NOTIFICATION_RULES = [
	"changes",
	"watched",
	"faults",
	"nothing",
] as const;
export type NotificationRule = (typeof NOTIFICATION_RULES)[number];

export interface Watching {
	/** JSONPath of the values whose changes matter, with everything below them: `$.checkout.enabled`. */
	readonly watchedPaths?: readonly string[];
	/** Absent until the user chooses one. */
	readonly notificationRule?: NotificationRule;
}

export const MAX_WATCHED_PATHS = 100;
/** Characters. */
export const MAX_WATCHED_PATH_LENGTH = 1_000;

/** Watched values of production; elsewhere only that there is no configuration. */
export function notificationRuleOf(
	{ notificationRule }: Watching,
	{ environment }: Pick<Profile, "environment">,
): NotificationRule {
	if (notificationRule) return notificationRule;
	return proposeEnvironmentColor(environment) === "production"
		? "watched"
		: "faults";
}

/** Whether a value is watched by itself, or as part of a watched one. */
export function isWatched(
	watchedPaths: readonly string[],
	path: string,
): boolean {
	return watchedPaths.some(
		(watched) => path === watched || isBelow(path, watched),
	);
}

/** Whether a change at a path concerns a watched value: the value itself, one below it, or a container of it. */
export function concernsWatched(
	watchedPaths: readonly string[],
	path: string,
): boolean {
	return watchedPaths.some(
		(watched) =>
			path === watched || isBelow(path, watched) || isBelow(watched, path),
	);
}

/** In JSONPath the next segment begins with a dot or a bracket. */
function isBelow(path: string, top: string): boolean {
	return path.startsWith(top) && /^[.[]/.test(path.slice(top.length));
}

/** Adds or removes a path; `undefined` when there are too many already. */
export function setWatched(
	watchedPaths: readonly string[],
	path: string,
	watched: boolean,
): readonly string[] | undefined {
	const others = watchedPaths.filter((one) => one !== path);
	if (!watched) return others;
	return others.length >= MAX_WATCHED_PATHS ? undefined : [...others, path];
}
