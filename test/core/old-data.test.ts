import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/paths.ts";
import { parseState } from "../../src/core/persisted-state.ts";
import type { StoredData } from "../../src/core/ports.ts";
import { toProfileRecord, toSessionRecord } from "../../src/core/state.ts";

/**
 * Written by builds of each schema after the same steps (two profiles, two versions, one seen, one profile paused).
 * `after-downgrade` is what the previous build made of data of this one.
 */
const FOLDER = "test/fixtures/stored";

interface Fixture {
	readonly profiles: readonly {
		readonly profile: { readonly id: string; readonly name: string };
		readonly paused: boolean;
		readonly seen: number;
		readonly gone?: string;
	}[];
	readonly sessions: readonly [string, unknown][];
	readonly versions: readonly [
		string,
		readonly { readonly number: number; readonly row: object }[],
	][];
}

function read(file: string): Fixture {
	return JSON.parse(readFileSync(fromRoot(`${FOLDER}/${file}`), "utf8"));
}

function storedOf({ profiles, sessions, versions }: Fixture): StoredData {
	return {
		profiles: new Map(profiles.map((record) => [record.profile.id, record])),
		sessions: new Map(sessions),
		versions: new Map(versions),
		idsWithoutBody: new Set(),
		strayRecords: [],
		accessKeyHints: new Map(),
	};
}

const NOW = Date.UTC(2026, 0, 2);

describe("data stored by another build", () => {
	const files = readdirSync(fromRoot(FOLDER));

	it("exists for each schema", () => {
		const schemas = files.map((file) => Number.parseInt(file.slice(7), 10));
		expect([...new Set(schemas)].sort()).toEqual([1, 2]);
	});

	it.each(files)("(%s) is read completely, and polling continues", (file) => {
		const fixture = read(file);
		const { entries, problems, damaged, orphans } = parseState(
			storedOf(fixture),
			NOW,
		);
		expect([problems, damaged, orphans]).toEqual([[], [], []]);
		for (const [index, entry] of entries.entries()) {
			const { profile, paused, seen, gone } = fixture.profiles[index] ?? {};
			expect(entry).toMatchObject({ profile, paused, lastSeenNumber: seen });
			expect(entry.deletedHash).toBe(gone);
			expect(entry.session.phase).toBe("waiting");
			const rows = new Map(fixture.versions).get(entry.profile.id) ?? [];
			expect(entry.versions).toHaveLength(rows.length);
			for (const version of entry.versions) {
				const row = rows.find(({ number }) => number === version.number)?.row;
				// The session may have a later confirmation.
				expect({ ...version, confirmedAt: 0 }).toEqual({
					...row,
					confirmedAt: 0,
				});
			}
		}
	});

	it.each(files)("(%s) is the same after it was stored again", (file) => {
		const stored = storedOf(read(file));
		const before = parseState(stored, NOW);
		const again = parseState(
			{
				...stored,
				profiles: new Map(
					before.entries.map((entry) => [
						entry.profile.id,
						JSON.parse(JSON.stringify(toProfileRecord(entry))),
					]),
				),
				sessions: new Map(
					before.entries.map((entry) => [
						entry.profile.id,
						JSON.parse(JSON.stringify(toSessionRecord(entry))),
					]),
				),
			},
			NOW,
		);
		expect(again).toEqual(before);
	});

	it("loses in a downgrade only that a loss was dismissed", () => {
		const up = parseState(storedOf(read("schema-2-with-losses.json")), NOW);
		const back = parseState(
			storedOf(read("schema-2-after-downgrade.json")),
			NOW,
		);
		expect(up.entries[0]?.loss).toBeDefined();
		expect(back.entries.map(({ versions }) => versions.length)).toEqual(
			up.entries.map(({ versions }) => versions.length),
		);
		for (const [
			index,
			{ profile, versions, deletedHash },
		] of back.entries.entries())
			expect(up.entries[index]).toMatchObject({
				profile,
				...(deletedHash === undefined ? {} : { deletedHash }),
				versions: versions.map(({ hash, number, pinned }) => ({
					hash,
					number,
					pinned,
				})),
			});
	});
});
