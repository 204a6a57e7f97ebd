import type {
	Connection,
	ConnectionDraft,
	ConnectionId,
} from "../../core/connection/connection.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { ProfileDraft, ProfileId } from "../../core/profile/profile.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import { MAX_BATCH } from "../../core/protocol/messages.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { requiredHostPattern } from "../../ui/errors/required-host.ts";
import { connectionHostPatterns } from "../connection/connection-actions.ts";
import { type ParsedExport, toSharedDraft } from "../share/export.ts";

export interface ExistingEntries {
	readonly profiles: readonly ProfileSnapshot[];
	readonly connections: readonly ConnectionSnapshot[];
}

/** How many of each were added. */
export interface ImportResult {
	readonly profiles: number;
	readonly connections: number;
	/** The id of a profile that was added. */
	readonly first?: string;
	/** How many were not added because the user cancelled. */
	readonly cancelled: number;
}

export interface ImportControl {
	readonly signal: AbortSignal;
	/** Of profiles and connections that are not there yet. */
	onProgress(added: number, of: number): void;
}

/** The match patterns that the browser has to allow for everything in the export. */
export function hostsToRequest({
	profiles,
	connections,
}: ParsedExport): readonly string[] {
	const saved = [...connections].map(
		([key, draft]): Connection => ({ ...draft, id: key as ConnectionId }),
	);
	return [
		...new Set([
			...profiles.flatMap(
				(profile) => requiredHostPattern(profile, saved) ?? [],
			),
			...saved.flatMap(connectionHostPatterns),
		]),
	];
}

/**
 * Adds the connections, then the profiles that use them; those that exist already are skipped. Each batch is added completely or
 * not at all. Rejects when the background refuses or stops; what was added until then stays.
 */
export async function importAll(
	remote: Pick<Remote, "importConnections" | "importProfiles">,
	{ profiles, connections }: ParsedExport,
	existing: ExistingEntries,
	control: ImportControl,
): Promise<ImportResult> {
	const savedIds = new Map(
		existing.connections.map(({ connection }) => [
			keyOf(toSharedDraft(connection)),
			connection.id,
		]),
	);
	/** The ids of saved connections by their keys in the export. */
	const ids = new Map<string, ConnectionId>();
	const newConnections: [string, ConnectionDraft][] = [];
	for (const [key, draft] of connections) {
		const id = savedIds.get(keyOf(draft));
		if (id === undefined) newConnections.push([key, draft]);
		else ids.set(key, id);
	}
	const seen = new Set(
		existing.profiles.map(({ profile: { id: _, ...draft } }) => keyOf(draft)),
	);
	const newProfiles = profiles.filter((draft) => {
		// New connections have no id yet: their keys in the export identify them.
		const id = draft.connection && ids.get(draft.connection);
		const key = id
			? keyOf({ ...draft, connection: id })
			: `${draft.connection ? "new " : ""}${keyOf(draft)}`;
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});

	const total = newConnections.length + newProfiles.length;
	let [addedConnections, addedProfiles] = [0, 0];
	let first: ProfileId | undefined;
	const reportProgress = () =>
		control.onProgress(addedConnections + addedProfiles, total);
	const result = (): ImportResult => ({
		connections: addedConnections,
		profiles: addedProfiles,
		cancelled: total - addedConnections - addedProfiles,
		...(first ? { first } : {}),
	});
	reportProgress();
	for (const batch of inBatches(newConnections)) {
		if (control.signal.aborted) return result();
		const saved = await remote.importConnections({
			connections: batch.map(([, draft]) => draft),
		});
		for (const [index, [key]] of batch.entries()) {
			const id = saved[index];
			if (id) ids.set(key, id);
		}
		addedConnections += batch.length;
		reportProgress();
	}
	for (const batch of inBatches(newProfiles)) {
		if (control.signal.aborted) return result();
		const saved = await remote.importProfiles({
			profiles: batch.map((draft) => withConnection(draft, ids)),
		});
		first ??= saved[0];
		addedProfiles += batch.length;
		reportProgress();
	}
	return result();
}

function withConnection(
	{ connection, ...draft }: ProfileDraft,
	ids: ReadonlyMap<string, ConnectionId>,
): ProfileDraft {
	const id = connection && ids.get(connection);
	return id ? { ...draft, connection: id } : draft;
}

function inBatches<T>(all: readonly T[]): readonly (readonly T[])[] {
	return Array.from({ length: Math.ceil(all.length / MAX_BATCH) }, (_, index) =>
		all.slice(index * MAX_BATCH, (index + 1) * MAX_BATCH),
	);
}

/** Equal for equal drafts, whatever the order of their members. */
function keyOf(draft: ConnectionDraft | ProfileDraft): string {
	return JSON.stringify(draft, (_, value: unknown) =>
		typeof value === "object" && value !== null && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).sort())
			: value,
	);
}
