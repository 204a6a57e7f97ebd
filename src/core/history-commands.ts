import { commitEntry, type EngineRuntime } from "./engine-runtime.ts";
import type { Version } from "./history/history.ts";
import { type MergedVersion, mergeHistory } from "./history/merge-history.ts";
import { parseVersion } from "./persisted-state.ts";
import { dispatch, restartSession } from "./poll-pipeline.ts";
import type { StagedVersion } from "./ports.ts";
import type { ProfileId } from "./profile/profile.ts";
import type { ImportCounts } from "./protocol/commands.ts";
import { findEntry, type ProfileEntry, toProfileRecord } from "./state.ts";
import { acknowledgeMissingNewest } from "./stored-data-commands.ts";

const NOTHING: ImportCounts = { added: 0, duplicates: 0, skipped: 0 };

class DamagedImportError extends Error {
	override readonly name = "DamagedImportError";
}

export async function updateVersion(
	runtime: EngineRuntime,
	input: {
		readonly id: ProfileId;
		readonly number: number;
		readonly pinned?: boolean;
		readonly note?: string;
	},
): Promise<void> {
	const { id, number, ...change } = input;
	const entry = findEntry(runtime.state, id);
	const found = entry?.versions.find((version) => version.number === number);
	if (!entry || !found) return;
	const { note, ...rest } = { ...found, ...change };
	const version = note ? { ...rest, note } : rest;
	await runtime.ports.storage.rewriteHistory(id, { versions: [version] });
	const versions = entry.versions.map((old) => (old === found ? version : old));
	commitEntry(runtime, { ...entry, versions });
}

export async function deleteVersions(
	runtime: EngineRuntime,
	input: { readonly id: ProfileId; readonly numbers: readonly number[] },
): Promise<void> {
	const entry = findEntry(runtime.state, input.id);
	const newest = entry?.versions[0];
	if (!newest) return;
	const { storage } = runtime.ports;
	const versions = entry.versions.filter(
		({ number }) => !input.numbers.includes(number),
	);
	let next: ProfileEntry = { ...entry, versions };
	if (versions[0] !== newest) {
		// Its number is never given again, and what it was is known before it goes: AppConfig may send it once more.
		next = {
			...next,
			deletedHash: entry.deletedHash ?? newest.hash,
			lastSeenNumber: Math.max(entry.lastSeenNumber, newest.number),
		};
		await storage.saveProfile(toProfileRecord(next));
	}
	await storage.rewriteHistory(input.id, { evicted: input.numbers });
	commitEntry(runtime, next);
}

/** A new session receives the whole configuration. */
export async function fetchAgain(
	runtime: EngineRuntime,
	id: ProfileId,
): Promise<void> {
	const entry = findEntry(runtime.state, id);
	if (!entry) return;
	const { deletedHash: _, ...known } = entry;
	const next = acknowledgeMissingNewest(known, runtime.ports.clock.now());
	await runtime.ports.storage.saveProfile(toProfileRecord(next));
	commitEntry(runtime, next);
	await restartSession(runtime, next.profile);
	await dispatch(runtime, id, { type: "tick" });
}

export async function importVersions(
	runtime: EngineRuntime,
	id: ProfileId,
): Promise<ImportCounts> {
	const { storage, hash } = runtime.ports;
	const incoming = await Promise.all(
		(await storage.takeStagedVersions(id)).map(parse),
	);
	const entry = findEntry(runtime.state, id);
	if (!entry) return NOTHING;
	const { versions, deletedHash } = entry;
	const {
		placed,
		known: duplicates,
		left: skipped,
	} = mergeHistory(
		{ versions, isLive: deletedHash === undefined },
		incoming.map(({ version }) => version),
	);
	const added = placed.filter(({ isAdded }) => isAdded);
	const bodies = new Map(added.map((one) => [one.version.number, bodyOf(one)]));
	const merged = withVersions(
		entry,
		placed.map(({ version }) => version),
	);
	const next = withRenumberedLooks(merged, entry, placed);
	// That the newest is not what AppConfig serves is known as long as it may be so: "unchanged" would say that it is.
	const missing = next.deletedHash ?? deletedHash;
	const during =
		missing === undefined ? next : { ...next, deletedHash: missing };
	await storage.saveProfile(toProfileRecord(during));
	await storage.rewriteHistory(id, {
		moved: placed.flatMap(({ version: { number }, from, isAdded }) =>
			isAdded || number === from ? [] : [[from, number] as const],
		),
		versions: placed.map(({ version }) => version),
		bodies,
	});
	if (during.deletedHash !== next.deletedHash)
		await storage.saveProfile(toProfileRecord(next));
	commitEntry(runtime, next);
	return { added: added.length, duplicates, skipped };

	async function parse({ version: raw, body }: StagedVersion) {
		const { number } = (raw ?? {}) as { readonly number?: unknown };
		// Of numbers from elsewhere any may be too high to be stored: merging counts those anew.
		const version = parseVersion({ ...(raw as object), number: 1 });
		if (
			!Number.isSafeInteger(number) ||
			Number(number) < 1 ||
			version?.hash !== (await hash(body))
		)
			throw new DamagedImportError();
		return { version: { ...version, number: Number(number) }, body };
	}
	function bodyOf({ from, version }: MergedVersion): Uint8Array {
		const found = incoming.find(
			(one) => one.version.number === from && one.version.hash === version.hash,
		);
		if (!found) throw new DamagedImportError();
		return found.body;
	}
}

/** An import may give other numbers to the versions that the user has seen. */
function withRenumberedLooks(
	entry: ProfileEntry,
	{ lastSeenNumber, baseline }: ProfileEntry,
	placed: readonly MergedVersion[],
): ProfileEntry {
	const renumber = (number: number) => {
		const seen = placed.find(({ from, isAdded }) => !isAdded && from <= number);
		return seen ? number - seen.from + seen.version.number : number;
	};
	return {
		...entry,
		lastSeenNumber: Math.max(entry.lastSeenNumber, renumber(lastSeenNumber)),
		...(baseline
			? { baseline: { ...baseline, number: renumber(baseline.number) } }
			: {}),
	};
}

function withVersions(
	{ deletedHash, ...entry }: ProfileEntry,
	versions: readonly Version[],
): ProfileEntry {
	const [before, newest] = [entry.versions[0], versions[0]];
	const number = newest?.number ?? 0;
	// A history that begins with an import says nothing about what is served.
	const missing = deletedHash ?? (before || !newest ? undefined : "");
	return {
		...entry,
		versions,
		...(missing === undefined || missing === newest?.hash
			? {}
			: { deletedHash: missing }),
		lastNumber: Math.max(entry.lastNumber, number),
		lastSeenNumber:
			(before?.number ?? 0) <= entry.lastSeenNumber
				? Math.max(entry.lastSeenNumber, number)
				: entry.lastSeenNumber,
	};
}
