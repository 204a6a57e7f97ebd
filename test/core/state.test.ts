import { describe, expect, it } from "vitest";
import type { Stored } from "../../src/core/ports.ts";
import {
	type Profile,
	type ProfileId,
	sourceOf,
} from "../../src/core/profile.ts";
import { parseState } from "../../src/core/stored.ts";

const profile = {
	id: "p1" as ProfileId,
	name: "settings",
	application: "a",
	environment: "e",
	configurationProfile: "c",
	region: "us-east-1",
};
const record = { schema: 1, profile, createdAt: 1, paused: false, seen: 0 };
const version = {
	number: 1,
	hash: "0".repeat(64),
	contentType: "text/plain",
	size: 1,
	receivedAt: 1,
	confirmedAt: 7,
	pinned: false,
};

const SOURCE = sourceOf(profile satisfies Profile);

const WAITING = {
	phase: "waiting",
	attempt: 1,
	failures: 0,
	intervalSeconds: 60,
	token: "t",
	tokenAt: 1,
	dueAt: 2,
};

function rows(list: readonly { number: number }[]): Stored["versions"] {
	return new Map([["p1", list.map((row) => ({ number: row.number, row }))]]);
}

function stored(change: Partial<Stored>): Stored {
	return {
		profiles: [record],
		sessions: new Map(),
		versions: new Map(),
		accessKeyHints: new Map(),
		...change,
	};
}

describe("what was stored", () => {
	it("is read back in the order in which profiles were made", () => {
		const second = {
			...record,
			createdAt: 0,
			profile: { ...profile, id: "p2" },
		};
		const { entries } = parseState(stored({ profiles: [record, second] }));
		expect(entries.map((entry) => entry.profile.id)).toEqual(["p2", "p1"]);
	});

	it.each([
		undefined,
		null,
		7,
		"text",
		[],
		{},
		{ ...record, paused: "no" },
		{ ...record, profile: { ...profile, id: "" } },
		{ ...record, createdAt: Number.NaN },
	])(
		"but cannot be read (%j) is reported and skipped, and the rest is shown",
		(broken) => {
			const state = parseState(stored({ profiles: [broken, record] }));
			expect(state.entries).toHaveLength(1);
			expect(state.problems).toEqual([
				"A stored profile could not be read. It is kept as it is, but not shown.",
			]);
		},
	);

	it("by the version that knew no connections is a profile without one", () => {
		const { entries, problems } = parseState(stored({ profiles: [record] }));
		expect(record.schema).toBe(1);
		expect(problems).toEqual([]);
		expect(entries[0]?.profile).toEqual(profile);
		const kept = { ...profile, connection: "c1", context: ["a=b"] };
		const now = { ...record, schema: 2, profile: kept };
		expect(parseState(stored({ profiles: [now] })).entries[0]?.profile).toEqual(
			kept,
		);
	});

	it("by a newer version of the extension is left alone, and said so", () => {
		const newer = { schema: 3, anything: "else" };
		const { problems } = parseState(stored({ profiles: [newer] }));
		expect(problems[0]).toContain("newer version");
	});

	it("of a session that is broken costs a new session, nothing else", () => {
		for (const broken of [{}, { session: { phase: "flying" } }, "x", null]) {
			const sessions = new Map([["p1", broken]]);
			const [entry] = parseState(stored({ sessions })).entries;
			expect(entry?.session.phase).toBe("idle");
		}
	});

	it("of a session that asked for something else is not taken up", () => {
		const phaseWith = (source: string) =>
			parseState(
				stored({ sessions: new Map([["p1", { source, session: WAITING }]]) }),
			).entries[0]?.session.phase;
		expect(phaseWith(SOURCE)).toBe("waiting");
		expect(phaseWith("another")).toBe("idle");
	});

	it("of a session is not taken up when its newest version cannot be read", () => {
		const state = parseState(
			stored({
				sessions: new Map([["p1", { source: SOURCE, session: WAITING }]]),
				versions: rows([version, { number: 2 }]),
			}),
		);
		expect(state.entries[0]?.session.phase).toBe("idle");
		expect(state.entries[0]?.lastNumber).toBe(2);
		expect(state.problems[0]).toContain("1 stored version(s) of “settings”");
	});

	it("of versions is sorted, and broken rows are skipped", () => {
		const versions = rows([
			version,
			{ ...version, number: 3, hash: "x" },
			{ ...version, number: 2 },
		]);
		const [entry] = parseState(stored({ versions })).entries;
		expect(entry?.versions.map(({ number }) => number)).toEqual([2, 1]);
		expect(entry?.checkedAt).toBe(7);
	});

	it("of a session that rested keeps its backoff", () => {
		const session = {
			phase: "resting",
			attempt: 4,
			failures: 4,
			intervalSeconds: 60,
			dueAt: 9_000,
			fault: {
				kind: "network",
				operation: "StartConfigurationSession",
				at: 1,
				detail: "",
			},
		};
		const sessions = new Map([["p1", { source: SOURCE, session }]]);
		const [entry] = parseState(stored({ sessions })).entries;
		expect(entry?.session).toEqual(session);
	});
});
