import {
	type History,
	MAX_HISTORY_BYTES,
	MAX_VERSIONS,
	type Version,
} from "./history.ts";

/** Imported versions with higher numbers are renumbered, so that the history cannot run out of numbers. */
export const MAX_IMPORTED_NUMBER = 1_000_000;

/** `version` has its number after the merge, `from` is the one it had here, or in the import. */
export interface MergedVersion {
	readonly version: Version;
	readonly from: number;
	readonly isAdded: boolean;
}

export interface MergeResult {
	/** Newest first. */
	readonly placed: readonly MergedVersion[];
	/** The number of imported versions that the history has already. */
	readonly known: number;
	/** The number of imported versions over the history's limits. */
	readonly left: number;
}

export interface MergeTarget extends Pick<History, "versions"> {
	/** The newest version is what AppConfig serves, so it stays the newest. */
	readonly isLive: boolean;
}

/**
 * Merges imported versions into a history. Existing versions keep their order and are never dropped; versions with the
 * same bytes become one. Where room is short, pinned imports go first, then the newest.
 */
export function mergeHistory(
	{ versions, isLive }: MergeTarget,
	incoming: readonly Version[],
): MergeResult {
	const hashes = new Set(versions.map(({ hash }) => hash));
	const others = withoutRepeats(
		incoming
			.filter(({ hash }) => !hashes.has(hash))
			.toSorted((a, b) => b.number - a.number),
	);
	const fitting = new Set(chooseFitting(versions, others));
	const existing = versions.map((version) => ({
		version: withImportedNotes(version, incoming),
		from: version.number,
		isAdded: false,
	}));
	const added = others
		.filter((version) => fitting.has(version))
		.map((version) => ({ version, from: version.number, isAdded: true }));
	return {
		placed: renumber(interleave(existing, added, isLive)),
		known: incoming.length - others.length,
		left: others.length - added.length,
	};
}

/** Consecutive versions with the same bytes become one. */
function withoutRepeats(versions: readonly Version[]): readonly Version[] {
	return versions.filter(
		({ hash }, index) => hash !== versions[index + 1]?.hash,
	);
}

/** The imported versions within the history's limits. */
function chooseFitting(
	versions: readonly Version[],
	others: readonly Version[],
): readonly Version[] {
	let count = versions.length;
	let bytes = versions.reduce((sum, { size }) => sum + size, 0);
	const pinnedFirst = others.toSorted(
		(a, b) => Number(b.pinned) - Number(a.pinned),
	);
	return pinnedFirst.filter(({ size }) => {
		if (count + 1 > MAX_VERSIONS || bytes + size > MAX_HISTORY_BYTES)
			return false;
		count += 1;
		bytes += size;
		return true;
	});
}

/** Takes notes and pins over from imported versions with the same bytes, where there are none here. */
function withImportedNotes(
	version: Version,
	incoming: readonly Version[],
): Version {
	const twins = incoming.filter(({ hash }) => hash === version.hash);
	const note = version.note ?? twins.find((twin) => twin.note)?.note;
	const pinned = version.pinned || twins.some((twin) => twin.pinned);
	return { ...version, pinned, ...(note ? { note } : {}) };
}

/** By time received. Each side keeps its own order, also where a clock was set back. */
function interleave(
	existing: readonly MergedVersion[],
	added: readonly MergedVersion[],
	isLive: boolean,
): readonly MergedVersion[] {
	const [ours, theirs] = [[...existing], [...added]];
	const all = isLive ? ours.splice(0, 1) : [];
	for (;;) {
		const [own, other] = [ours[0], theirs[0]];
		if (!own && !other) return all;
		const isOther =
			other && (!own || other.version.receivedAt > own.version.receivedAt);
		all.push(...(isOther ? theirs : ours).splice(0, 1));
	}
}

/** Each keeps its number, unless that is out of bounds or not above all older ones. */
function renumber(
	newestFirst: readonly MergedVersion[],
): readonly MergedVersion[] {
	let last = 0;
	return newestFirst
		.toReversed()
		.map((placed) => {
			const isCounted = placed.isAdded && placed.from > MAX_IMPORTED_NUMBER;
			last = Math.max(isCounted ? 0 : placed.from, last + 1);
			return { ...placed, version: { ...placed.version, number: last } };
		})
		.toReversed();
}
