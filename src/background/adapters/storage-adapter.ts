import {
	maskAccessKeyId,
	type OwnKeys,
} from "../../core/connection/credentials.ts";
import type { EngineStorage, StoredData } from "../../core/ports.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import { DatabaseError } from "../../core/shared/storage-problems.ts";
import type { VersionStore } from "../../storage/version-store.ts";

/** The part of browser.storage.StorageArea used here. */
export interface StorageArea {
	get(keys: string | string[] | null): Promise<Record<string, unknown>>;
	set(items: Record<string, unknown>): Promise<void>;
	remove(keys: string | string[]): Promise<void>;
}

/** storage.session, with a method that webextension-polyfill's types lack. */
export interface SessionStorageArea extends StorageArea {
	setAccessLevel?(level: { accessLevel: "TRUSTED_CONTEXTS" }): Promise<void>;
}

export interface StorageAdapterPorts {
	/** Survives a restart of the browser. Never write a secret here: removed values stay readable on disk. */
	readonly local: StorageArea;
	/** In memory, for trusted contexts only. */
	readonly session: StorageArea;
	readonly versions: VersionStore;
}

export interface StorageAdapter extends EngineStorage {
	/** The keys given to a profile itself. Available once `load` has resolved. */
	credentials(id: ProfileId): OwnKeys | undefined;
}

const PROFILE = "profile:";
const SESSION = "session:";
const CREDENTIALS = "credentials:";

/**
 * The engine's storage: profiles in storage.local, sessions, tokens and keys in storage.session, versions in IndexedDB.
 */
export function createStorageAdapter(
	ports: StorageAdapterPorts,
): StorageAdapter {
	const { local, session, versions } = ports;
	const keys = new Map<string, OwnKeys>();
	// A poll does not wait for it. What it leaves undone is done with the next version.
	const compressOldBodies = (id: ProfileId) =>
		void versions.compressOldBodies(id).catch(() => undefined);
	return {
		credentials: (id) => keys.get(id),
		load: () => load(ports, keys),
		saveProfile: (record) =>
			local.set({ [PROFILE + record.profile.id]: record }),
		saveProfiles: (records) =>
			local.set(
				Object.fromEntries(
					records.map((record) => [PROFILE + record.profile.id, record]),
				),
			),
		// Written twice per poll, and one string costs the browser less than many small values.
		saveSession: (id, record) =>
			session.set({ [SESSION + id]: JSON.stringify(record) }),
		async saveVersion(id, change) {
			await versions.save(id, change);
			if (change.body) compressOldBodies(id);
		},
		async rewriteHistory(id, change) {
			await versions.rewrite(id, change);
			if (change.bodies) compressOldBodies(id);
		},
		hasBody: (id, number) => versions.hasBody(id, number),
		readBody: (id, number) => versions.readBody(id, number),
		listNumbers: (id) => versions.listNumbers(id),
		deleteRecord: ({ area, key }) => {
			if (area === "local") return local.remove(key);
			return area === "database"
				? versions.deleteDatabase()
				: versions.deleteRecord(area, key);
		},
		takeStagedVersions: (id) => versions.takeStagedVersions(id),
		async saveCredentials(id, credentials) {
			if (credentials) {
				await session.set({ [CREDENTIALS + id]: credentials });
				keys.set(id, credentials);
				return;
			}
			await session.remove(CREDENTIALS + id);
			keys.delete(id);
		},
		// The profile goes last: if the browser ends in between, the user can delete it again.
		async deleteProfile(id) {
			await versions.deleteProfile(id);
			await session.remove([SESSION + id, CREDENTIALS + id]);
			keys.delete(id);
			await local.remove(PROFILE + id);
		},
	};
}

async function load(
	{ local, session, versions }: StorageAdapterPorts,
	keys: Map<string, OwnKeys>,
): Promise<StoredData> {
	const [profiles, volatile, listed] = await Promise.all([
		local.get(null),
		session.get(null),
		versions.list().catch((cause: unknown) => {
			throw new DatabaseError("", { cause });
		}),
	]);
	for (const [id, value] of withPrefix(volatile, CREDENTIALS))
		if (isCredentials(value)) keys.set(id, value);
	return {
		profiles: withPrefix(profiles, PROFILE),
		sessions: new Map(
			[...withPrefix(volatile, SESSION)].map(([id, text]) => [
				id,
				parseJson(text),
			]),
		),
		...listed,
		accessKeyHints: new Map(
			[...keys].map(([id, { accessKeyId }]) => [
				id,
				maskAccessKeyId(accessKeyId),
			]),
		),
	};
}

/** The items whose keys begin with a prefix, by the rest of their keys. */
export function withPrefix(
	items: Readonly<Record<string, unknown>>,
	prefix: string,
): Map<string, unknown> {
	return new Map(
		Object.entries(items)
			.filter(([key]) => key.startsWith(prefix))
			.map(([key, value]) => [key.slice(prefix.length), value]),
	);
}

function parseJson(text: unknown): unknown {
	try {
		return typeof text === "string" ? JSON.parse(text) : undefined;
	} catch {
		return undefined;
	}
}

function isCredentials(value: unknown): value is OwnKeys {
	if (typeof value !== "object" || value === null) return false;
	const { accessKeyId, secretAccessKey } = value as Partial<OwnKeys>;
	return typeof accessKeyId === "string" && typeof secretAccessKey === "string";
}
