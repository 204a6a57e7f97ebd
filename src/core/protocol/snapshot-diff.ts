import type { ProfileId } from "../profile/profile.ts";
import type { ProfileSnapshot, Snapshot } from "./snapshot.ts";

/** Everything but the profiles. */
export type SnapshotHead = Omit<Snapshot, "profiles">;

export interface SnapshotChange {
	/** Profiles that are new or have changed. */
	readonly profiles: readonly ProfileSnapshot[];
	/** The ids of all profiles; present when any was added, removed or moved. */
	readonly order?: readonly ProfileId[];
	/** Other members that have changed, and always the time. */
	readonly head: Partial<SnapshotHead> & Pick<SnapshotHead, "takenAt">;
}

/** How many versions a view gets of a profile that it does not show: enough for lists and badges. */
const NEWEST_VERSIONS = 3;

/** The snapshot for a view that shows this profile. Unchanged parts are the same objects. */
export function snapshotForView(
	snapshot: Snapshot,
	shown: ProfileId | undefined,
): Snapshot {
	return {
		...snapshot,
		profiles: snapshot.profiles.map((profile) =>
			profile.profile.id === shown ? profile : withNewestVersions(profile),
		),
	};
}

const withNewestCache = new WeakMap<ProfileSnapshot, ProfileSnapshot>();

/** The profile with its newest versions only. */
export function withNewestVersions(profile: ProfileSnapshot): ProfileSnapshot {
	if (profile.versions.length <= NEWEST_VERSIONS) return profile;
	let brief = withNewestCache.get(profile);
	if (!brief) {
		brief = {
			...profile,
			versions: profile.versions.slice(0, NEWEST_VERSIONS),
		};
		withNewestCache.set(profile, brief);
	}
	return brief;
}

/** `undefined` when nothing but the time has changed. Profiles are compared by identity. */
export function diffSnapshots(
	sent: Snapshot,
	next: Snapshot,
): SnapshotChange | undefined {
	const known = new Set(sent.profiles);
	const profiles = next.profiles.filter((profile) => !known.has(profile));
	const order = hasSameOrder(sent, next)
		? {}
		: { order: next.profiles.map(({ profile }) => profile.id) };
	const { profiles: _, ...head } = next;
	const different = Object.entries(head).filter(
		([name, value]) =>
			name !== "takenAt" && !isEqual(value, sent[name as keyof SnapshotHead]),
	);
	if (profiles.length === 0 && !("order" in order) && different.length === 0)
		return undefined;
	return {
		profiles,
		...order,
		head: { ...Object.fromEntries(different), takenAt: next.takenAt },
	};
}

function hasSameOrder(sent: Snapshot, next: Snapshot): boolean {
	return (
		sent.profiles.length === next.profiles.length &&
		sent.profiles.every(
			({ profile }, at) => profile.id === next.profiles[at]?.profile.id,
		)
	);
}

/** `undefined` when the change refers to profiles that the snapshot does not have, because a change in between was lost. */
export function applySnapshotChange(
	snapshot: Snapshot,
	{ profiles, order, head }: SnapshotChange,
): Snapshot | undefined {
	const known = new Map(
		[...snapshot.profiles, ...profiles].map((each) => [each.profile.id, each]),
	);
	const ids = order ?? snapshot.profiles.map(({ profile }) => profile.id);
	const next: ProfileSnapshot[] = [];
	for (const id of ids) {
		const profile = known.get(id);
		if (!profile) return undefined;
		next.push(profile);
	}
	return { ...snapshot, ...head, profiles: next };
}

/** Compares two JSON values deeply, without the members named in `ignored`. */
export function isEqual(
	a: unknown,
	b: unknown,
	ignored: ReadonlySet<string> = NONE,
): boolean {
	if (Object.is(a, b)) return true;
	if (!isObject(a) || !isObject(b)) return false;
	if (Array.isArray(a) !== Array.isArray(b)) return false;
	const [left, right] = [a, b].map((value) =>
		Object.keys(value).filter((key) => !ignored.has(key)),
	) as [string[], string[]];
	return (
		left.length === right.length &&
		left.every(
			(key) => Object.hasOwn(b, key) && isEqual(a[key], b[key], ignored),
		)
	);
}

const NONE: ReadonlySet<string> = new Set();

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}
