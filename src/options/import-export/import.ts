// An export taken in: connections first, then the profiles that use them; what is there already is not added again.

import type {
	Connection,
	ConnectionId,
} from "../../core/connection/connection.ts";
import type { ConnectionForm } from "../../core/connection/connection-form.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import { parseConnection } from "../../core/connection/parse-connection.ts";
import {
	type ProfileForm,
	type ProfileId,
	parseProfile,
	toProfileForm,
} from "../../core/profile/profile.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import { MAX_BATCH } from "../../core/protocol/messages.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { Result } from "../../core/shared/result.ts";
import { requiredHostPattern } from "../../ui/errors/needed-host.ts";
import { connectionHostPatterns } from "../connection/connection-hosts.ts";
import { type ParsedExport, toSharedForm } from "./export.ts";

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

/** The host permissions that all of it needs. */
export function hostsToAsk({
	profiles,
	connections,
}: ParsedExport): readonly string[] {
	const parsed = new Map<string, Connection>();
	for (const [key, form] of connections) {
		const connection = parseConnection(form, key as ConnectionId);
		if (connection.ok) parsed.set(key, connection.value);
	}
	const ofProfiles = profiles.flatMap((form) => {
		const profile = parseProfile(form, "" as ProfileId);
		if (!profile.ok) return [];
		const connection = parsed.get(form.connection);
		return (
			requiredHostPattern(profile.value, connection ? [connection] : []) ?? []
		);
	});
	const ofConnections = [...parsed.values()].flatMap(connectionHostPatterns);
	return [...new Set([...ofProfiles, ...ofConnections])];
}

/** Some at a time, each time all or none of them. Rejects when the background refuses or is gone; what was added until then stays. */
export async function importAll(
	remote: Pick<Remote, "importConnections" | "importProfiles">,
	{ profiles, connections }: ParsedExport,
	present: ExistingEntries,
	control: ImportControl,
): Promise<ImportResult> {
	const ids = new Map<string, string>();
	const known = new Map(
		present.connections.map(({ connection }) => [
			keyOf(toSharedForm(connection)),
			connection.id as string,
		]),
	);
	const freshConnections: [string, ConnectionForm][] = [];
	for (const [key, form] of connections) {
		const id = known.get(keyOf(form));
		if (id === undefined) freshConnections.push([key, form]);
		else ids.set(key, id);
	}
	// With the keys of the file, since ids are given when the connections are saved.
	const there = new Set(
		present.profiles.map(({ profile }) => keyOf(toProfileForm(profile))),
	);
	const freshProfiles = profiles.filter((form) => {
		const isNew = form.connection !== "" && !ids.has(form.connection);
		const own = keyOf({ ...form, connection: ids.get(form.connection) ?? "" });
		const key = isNew
			? keyOf({ ...form, connection: `new ${form.connection}` })
			: own;
		if (there.has(key)) return false;
		there.add(key);
		return true;
	});

	const total = freshConnections.length + freshProfiles.length;
	let [addedConnections, addedProfiles] = [0, 0];
	let first: string | undefined;
	const tell = () =>
		control.onProgress(addedConnections + addedProfiles, total);
	const answer = (): ImportResult => ({
		connections: addedConnections,
		profiles: addedProfiles,
		cancelled: total - addedConnections - addedProfiles,
		...(first ? { first } : {}),
	});
	tell();
	for (const batch of inBatches(freshConnections)) {
		if (control.signal.aborted) return answer();
		const forms = batch.map(([, form]) => form);
		const saved = unwrap(await remote.importConnections({ forms }));
		for (const [index, [key]] of batch.entries())
			ids.set(key, saved[index] ?? "");
		addedConnections += batch.length;
		tell();
	}
	for (const batch of inBatches(freshProfiles)) {
		if (control.signal.aborted) return answer();
		const forms = batch.map((form) => ({
			...form,
			connection: ids.get(form.connection) ?? "",
		}));
		const saved = unwrap(await remote.importProfiles({ forms }));
		first ??= saved[0];
		addedProfiles += batch.length;
		tell();
	}
	return answer();
}

function inBatches<T>(all: readonly T[]): readonly (readonly T[])[] {
	return Array.from({ length: Math.ceil(all.length / MAX_BATCH) }, (_, index) =>
		all.slice(index * MAX_BATCH, (index + 1) * MAX_BATCH),
	);
}

function unwrap<T>(result: Result<T, string>): T {
	if (result.ok) return result.value;
	throw new Error(result.error);
}

/** Equal for equal forms, whatever the order of their members. */
function keyOf(form: ConnectionForm | ProfileForm): string {
	return JSON.stringify(Object.entries(form).sort());
}
