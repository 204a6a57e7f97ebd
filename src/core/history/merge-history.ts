// Versions from elsewhere among those of a profile: the same bytes are one version, nothing that was there goes.
import {
	type History,
	MAX_HISTORY_BYTES,
	MAX_VERSIONS,
	type Version,
} from "./history.ts";

/**
 * Higher numbers from elsewhere are counted anew: a history that went on from one of the highest there are would run out of
 * numbers, and with two that cannot be told apart a version would overwrite another.
 */
export const MAX_IMPORTED_NUMBER = 1_000_000;

/** A version in its place: with its number from now on, and the one it had here, or in the file that it came from. */
export interface MergedVersion {
	readonly version: Version;
	readonly from: number;
	readonly isAdded: boolean;
}

export interface MergeResult {
	/** Newest first. */
	readonly placed: readonly MergedVersion[];
	/** How many were there already. */
	readonly known: number;
	/** How many the history has no room for. */
	readonly left: number;
}

export interface MergeTarget extends Pick<History, "versions"> {
	/** The newest is what AppConfig serves: nothing comes before it. */
	readonly isLive: boolean;
}

/** Existing versions keep their order and never give way; the newest of the others come first, pinned ones before all. */
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

/** One after the other with the same bytes is one. */
function withoutRepeats(versions: readonly Version[]): readonly Version[] {
	return versions.filter(
		({ hash }, index) => hash !== versions[index + 1]?.hash,
	);
}

/** What the history has room for. */
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

/** What somebody said about the same bytes elsewhere counts where nothing was said here. */
function withImportedNotes(
	version: Version,
	incoming: readonly Version[],
): Version {
	const twins = incoming.filter(({ hash }) => hash === version.hash);
	const note = version.note ?? twins.find((twin) => twin.note)?.note;
	const pinned = version.pinned || twins.some((twin) => twin.pinned);
	return { ...version, pinned, ...(note ? { note } : {}) };
}

/** By the time received, each in its own order: a clock that was set back must not mix them up. */
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

/** Everyone keeps the number it had, unless it is out of bounds, or an older version has it or a higher one. */
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
