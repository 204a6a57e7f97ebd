// An export taken in: connections first, then the profiles that use them; what is there already is not added again.

import type {
	Connection,
	ConnectionId,
} from "../../core/connection/connection.ts";
import type { ConnectionForm } from "../../core/connection/connection-form.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import { parseConnection } from "../../core/connection/parse-connection.ts";
import type { Remote } from "../../core/contract.ts";
import {
	type ProfileForm,
	type ProfileId,
	parseProfile,
	toForm,
} from "../../core/profile.ts";
import type { ProfileSnapshot } from "../../core/snapshot.ts";
import { neededHost } from "../../ui/faults/needed-host.ts";
import { hostsOf } from "../connection/connection-hosts.ts";
import { type Exported, toSharedForm } from "./export.ts";

export interface Present {
	readonly profiles: readonly ProfileSnapshot[];
	readonly connections: readonly ConnectionSnapshot[];
}

/** How many of each were added. */
export interface Imported {
	readonly profiles: number;
	readonly connections: number;
	/** The id of a profile that was added. */
	readonly first?: string;
}

/** The host permissions that all of it needs. */
export function hostsToAsk({
	profiles,
	connections,
}: Exported): readonly string[] {
	const parsed = new Map<string, Connection>();
	for (const [key, form] of connections) {
		const connection = parseConnection(form, key as ConnectionId);
		if (connection.ok) parsed.set(key, connection.value);
	}
	const ofProfiles = profiles.flatMap((form) => {
		const profile = parseProfile(form, "" as ProfileId);
		return profile.ok
			? (neededHost(profile.value, [...parsed.values()]) ?? [])
			: [];
	});
	const ofConnections = [...parsed.values()].flatMap(hostsOf);
	return [...new Set([...ofProfiles, ...ofConnections])];
}

/** Rejects when the background refuses or is gone; what was added until then stays. */
export async function importAll(
	remote: Remote,
	{ profiles, connections }: Exported,
	present: Present,
): Promise<Imported> {
	const ids = new Map<string, string>();
	let added = 0;
	for (const [key, form] of connections) {
		const known = present.connections.find(({ connection }) =>
			isSame(toSharedForm(connection), form),
		);
		if (known) {
			ids.set(key, known.connection.id);
			continue;
		}
		ids.set(key, await save(() => remote.saveConnection({ form })));
		added += 1;
	}
	const fresh = profiles
		.map((form) => ({ ...form, connection: ids.get(form.connection) ?? "" }))
		.filter(
			(form) =>
				!present.profiles.some(({ profile }) => isSame(toForm(profile), form)),
		);
	const saved: string[] = [];
	for (const form of fresh)
		saved.push(await save(() => remote.saveProfile({ form })));
	const [first] = saved;
	return {
		profiles: fresh.length,
		connections: added,
		...(first ? { first } : {}),
	};
}

async function save(
	work: () => Promise<
		| { readonly ok: true; readonly value: string }
		| { readonly ok: false; readonly error: object }
	>,
): Promise<string> {
	const saved = await work();
	if (saved.ok) return saved.value;
	throw new Error(Object.values(saved.error).join(" "));
}

function isSame<F extends ConnectionForm | ProfileForm>(a: F, b: F): boolean {
	return (
		JSON.stringify(Object.entries(a).sort()) ===
		JSON.stringify(Object.entries(b).sort())
	);
}
