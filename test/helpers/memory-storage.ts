// An in-memory storage that keeps the contract of the real one and outlives the engine that wrote to it.
import {
	type Credentials,
	maskAccessKeyId,
} from "../../src/core/connection/credentials.ts";
import type { EngineStorage, StagedVersion } from "../../src/core/ports.ts";

export interface MemoryStorage extends EngineStorage {
	/** Clears what is kept for the browser session only. */
	restartBrowser(): void;
	/** The texts of a profile's versions, oldest first. */
	contents(id: string): string[];
	/** The next save rejects. */
	failNextSave(): void;
	/** Whether saving a version rejects. */
	failVersions(failing: boolean): void;
	/** Whether rewriting a history rejects. */
	failRewrites(failing: boolean): void;
	/** Whether loading rejects. */
	failLoads(failing: boolean): void;
	/** Stages versions as a view does for an import. */
	stageVersions(id: string, incoming: readonly StagedVersion[]): void;
	/** Deletes bodies alone, or all of IndexedDB, as a browser that needs room. */
	evict(what: "bodies" | "database"): void;
	/** Replaces the bytes of a version. */
	damageBody(id: string, number: number, body: Uint8Array): void;
	/** Clears storage.local. */
	forgetProfiles(): void;
	/** Replaces a version's metadata; `undefined` removes it with its bytes. */
	damageVersion(id: string, number: number, row: unknown): void;
}

export function createMemoryStorage(): MemoryStorage {
	const profiles = new Map<string, unknown>();
	const sessions = new Map<string, unknown>();
	const credentials = new Map<string, Credentials>();
	const versions = new Map<string, Map<number, unknown>>();
	const bodies = new Map<string, Uint8Array>();
	const incoming = new Map<string, readonly StagedVersion[]>();
	let isFailing = false;
	let isUnreadable = false;
	let isFull = false;
	let isStuck = false;

	function check(): void {
		if (!isFailing) return;
		isFailing = false;
		throw new DOMException("full", "QuotaExceededError");
	}

	return {
		async load() {
			if (isUnreadable) throw new DOMException("broken", "UnknownError");
			return structuredClone({
				profiles,
				sessions,
				versions: new Map(
					[...versions].map(([id, rows]) => [
						id,
						[...rows].map(([number, row]) => ({ number, row })),
					]),
				),
				idsWithoutBody: new Set(
					[...versions].flatMap(([id, rows]) =>
						rows.size > 0 && !bodies.has(`${id}/${Math.max(...rows.keys())}`)
							? [id]
							: [],
					),
				),
				strayRecords: [],
				accessKeyHints: new Map(
					[...credentials].map(([id, { accessKeyId }]) => [
						id,
						maskAccessKeyId(accessKeyId),
					]),
				),
			});
		},
		async saveProfile(record) {
			check();
			profiles.set(record.profile.id, structuredClone(record));
		},
		async saveProfiles(records) {
			check();
			for (const record of records)
				profiles.set(record.profile.id, structuredClone(record));
		},
		async saveSession(id, record) {
			check();
			sessions.set(id, structuredClone(record));
		},
		async saveCredentials(id, value) {
			check();
			if (value) credentials.set(id, value);
			else credentials.delete(id);
		},
		async saveVersion(id, { version, body, before, evicted }) {
			check();
			if (isFull) throw new DOMException("full", "QuotaExceededError");
			const rows = versions.get(id) ?? new Map();
			versions.set(id, rows.set(version.number, structuredClone(version)));
			if (before) rows.set(before.number, structuredClone(before));
			if (body) bodies.set(`${id}/${version.number}`, body.slice());
			for (const number of evicted) {
				rows.delete(number);
				bodies.delete(`${id}/${number}`);
			}
		},
		async rewriteHistory(id, change) {
			check();
			if (isStuck) throw new DOMException("full", "QuotaExceededError");
			const { evicted = [], moved = [], versions: put = [] } = change;
			const rows = versions.get(id) ?? new Map();
			versions.set(id, rows);
			const carried = moved.map(
				([from, to]) => [to, bodies.get(`${id}/${from}`)] as const,
			);
			for (const number of [...evicted, ...moved.map(([from]) => from)]) {
				rows.delete(number);
				bodies.delete(`${id}/${number}`);
			}
			for (const version of put)
				rows.set(version.number, structuredClone(version));
			for (const [number, body] of [...carried, ...(change.bodies ?? [])])
				if (body) bodies.set(`${id}/${number}`, body.slice());
		},
		async hasBody(id, number) {
			return bodies.has(`${id}/${number}`);
		},
		async readBody(id, number) {
			return bodies.get(`${id}/${number}`)?.slice();
		},
		async listNumbers(id) {
			return [...(versions.get(id)?.keys() ?? [])];
		},
		async deleteRecord({ area, key }) {
			check();
			if (area === "local") {
				profiles.delete(key.slice("profile:".length));
				return;
			}
			const [id, number] = JSON.parse(key) as [string, number];
			if (area === "versions") versions.get(id)?.delete(number);
			else bodies.delete(`${id}/${number}`);
		},
		async takeStagedVersions(id) {
			check();
			const found = incoming.get(id) ?? [];
			incoming.delete(id);
			return found;
		},
		stageVersions: (id, found) => void incoming.set(id, found),
		async deleteProfile(id) {
			check();
			for (const map of [profiles, sessions, credentials, versions])
				map.delete(id);
			for (const key of [...bodies.keys()])
				if (key.startsWith(`${id}/`)) bodies.delete(key);
		},
		restartBrowser() {
			sessions.clear();
			credentials.clear();
		},
		contents: (id) =>
			[...(versions.get(id)?.keys() ?? [])]
				.sort((a, b) => a - b)
				.map((number) =>
					new TextDecoder().decode(bodies.get(`${id}/${number}`)),
				),
		failVersions(failing) {
			isFull = failing;
		},
		failRewrites(failing) {
			isStuck = failing;
		},
		failLoads(failing) {
			isUnreadable = failing;
		},
		evict(what) {
			bodies.clear();
			if (what === "database") versions.clear();
		},
		damageBody: (id, number, body) => void bodies.set(`${id}/${number}`, body),
		forgetProfiles: () => profiles.clear(),
		damageVersion(id, number, row) {
			if (row === undefined) {
				versions.get(id)?.delete(number);
				bodies.delete(`${id}/${number}`);
			} else versions.get(id)?.set(number, row);
		},
		failNextSave() {
			isFailing = true;
		},
	};
}
