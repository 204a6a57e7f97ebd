import { describe, expect, it } from "vitest";
import { type FaultKind, toStoredFault } from "../../src/core/fault.ts";
import type { Stored } from "../../src/core/ports.ts";
import {
	type Profile,
	type ProfileId,
	sourceOf,
} from "../../src/core/profile.ts";
import { toSessionRecord } from "../../src/core/state.ts";
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
	it("keeps of a fault its kind, status and request id, and nothing that a server said", () => {
		const fault = {
			kind: "access-denied",
			operation: "GetLatestConfiguration",
			at: 5,
			detail: "words of a server",
			status: 403,
			host: "h.example",
			requestId: "r-1",
		} as const;
		const halted = {
			phase: "halted",
			attempt: 1,
			failures: 1,
			intervalSeconds: 60,
			fault,
		} as const;
		const read = parseState(
			stored({
				sessions: new Map([["p1", { source: SOURCE, session: halted }]]),
			}),
		).entries[0];
		expect(read?.session.fault).toEqual({ ...fault, detail: "" });
		if (!read) throw new Error("not read");
		const written = toSessionRecord({ ...read, session: halted });
		expect(written.session.fault).toEqual({ ...fault, detail: "" });
	});

	it("keeps which host the browser has to allow, and which error a storage had", () => {
		const kept = (kind: FaultKind, detail: string) =>
			toStoredFault({ kind, detail, operation: "storage", at: 1 }).detail;
		const pattern = "https://appconfigdata.eu-west-1.amazonaws.com/*";
		expect(kept("permission-missing", pattern)).toBe(pattern);
		expect(kept("permission-missing", "words")).toBe("");
		expect(kept("storage", "QuotaExceededError")).toBe("QuotaExceededError");
		expect(kept("storage", "words of a server")).toBe("");
		expect(kept("unknown", pattern)).toBe("");
	});

	it.each([
		"evil.example/",
		"eu-west-1.evil.example/x",
		"",
		"EU-WEST-1",
		"eu-west-1\n",
		"../x",
	])(
		"is not read with the Region %j, which would become part of a host's name",
		(region) => {
			const bad = { ...record, profile: { ...profile, region } };
			const { entries, problems } = parseState(stored({ profiles: [bad] }));
			expect(entries).toEqual([]);
			expect(problems).toHaveLength(1);
		},
	);

	it.each([
		[1, 15],
		[0, 15],
		[15, 15],
		[600, 600],
		[1_000_000, 86_400],
	])("polls every %s s, as stored by hand, every %s s", (seconds, bounded) => {
		const short = {
			...record,
			profile: { ...profile, minimumPollIntervalSeconds: seconds },
		};
		const [entry] = parseState(stored({ profiles: [short] })).entries;
		expect(entry?.profile.minimumPollIntervalSeconds).toBe(bounded);
	});

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
