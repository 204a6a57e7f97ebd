import { describe, expect, it } from "vitest";
import { parseState as parse } from "../../src/core/persisted-state.ts";
import type { StoredData } from "../../src/core/ports.ts";
import {
	type Profile,
	type ProfileId,
	sessionKeyOf,
} from "../../src/core/profile/profile.ts";
import { type FaultKind, toStoredFault } from "../../src/core/session/fault.ts";
import { toSessionRecord } from "../../src/core/state.ts";

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

const SOURCE = sessionKeyOf(profile satisfies Profile);

const WAITING = {
	phase: "waiting",
	attempt: 1,
	failures: 0,
	intervalSeconds: 60,
	token: "t",
	tokenAt: 1,
	dueAt: 2,
};

const parseState = (found: StoredData) => parse(found, 1_000);

/** Keyed by the ids in the records; a record without one gets a key of its own. */
function profiles(records: readonly unknown[]): StoredData["profiles"] {
	return new Map(
		records.map((raw, index) => {
			const { id } = (raw as Partial<typeof record> | null)?.profile ?? {};
			return [id || `other${index}`, raw];
		}),
	);
}

function rows(list: readonly { number: number }[]): StoredData["versions"] {
	return new Map([["p1", list.map((row) => ({ number: row.number, row }))]]);
}

function stored(change: Partial<StoredData>): StoredData {
	return {
		profiles: profiles([record]),
		sessions: new Map(),
		versions: new Map(),
		idsWithoutBody: new Set(),
		strayRecords: [],
		accessKeyHints: new Map(),
		...change,
	};
}

describe("stored state", () => {
	it("keeps a fault's kind, status and request id, but no message of a server", () => {
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

	it("keeps the host that lacks a permission and the name of a storage error", () => {
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
		"with the Region %j is not read, since it would become part of a host name",
		(region) => {
			const bad = { ...record, profile: { ...profile, region } };
			const { entries, problems } = parseState(
				stored({ profiles: profiles([bad]) }),
			);
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
		const [entry] = parseState(stored({ profiles: profiles([short]) })).entries;
		expect(entry?.profile.minimumPollIntervalSeconds).toBe(bounded);
	});

	it("is read in the order in which profiles were created", () => {
		const second = {
			...record,
			createdAt: 0,
			profile: { ...profile, id: "p2" },
		};
		const { entries } = parseState(
			stored({ profiles: profiles([record, second]) }),
		);
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
		"that is damaged (%j) is reported and skipped, and the rest is read",
		(broken) => {
			const state = parseState(
				stored({
					profiles: new Map([
						["broken", broken],
						["p1", record],
					]),
				}),
			);
			expect(state.entries).toHaveLength(1);
			expect(state.damaged).toHaveLength(1);
			expect(state.problems[0]).toContain("Stored data could not be read");
		},
	);

	it("of schema 1 becomes a profile without a connection", () => {
		const { entries, problems } = parseState(
			stored({ profiles: profiles([record]) }),
		);
		expect(record.schema).toBe(1);
		expect(problems).toEqual([]);
		expect(entries[0]?.profile).toEqual(profile);
		const kept = { ...profile, connection: "c1", context: ["a=b"] };
		const now = { ...record, schema: 2, profile: kept };
		expect(
			parseState(stored({ profiles: profiles([now]) })).entries[0]?.profile,
		).toEqual(kept);
	});

	it("of a newer version of the extension is reported and left alone", () => {
		const newer = { schema: 3, anything: "else" };
		const { problems } = parseState(stored({ profiles: profiles([newer]) }));
		expect(problems[0]).toContain("newer version");
	});

	it("with a damaged session costs a new session only", () => {
		for (const broken of [{}, { session: { phase: "flying" } }, "x", null]) {
			const sessions = new Map([["p1", broken]]);
			const [entry] = parseState(stored({ sessions })).entries;
			expect(entry?.session.phase).toBe("idle");
		}
	});

	it("with a session for another configuration opens a new one", () => {
		const phaseWith = (source: string) =>
			parseState(
				stored({ sessions: new Map([["p1", { source, session: WAITING }]]) }),
			).entries[0]?.session.phase;
		expect(phaseWith(SOURCE)).toBe("waiting");
		expect(phaseWith("another")).toBe("idle");
	});

	it("with a session whose newest version is unreadable opens a new one", () => {
		const state = parseState(
			stored({
				sessions: new Map([["p1", { source: SOURCE, session: WAITING }]]),
				versions: rows([version, { number: 2 }]),
			}),
		);
		expect(state.entries[0]?.session.phase).toBe("idle");
		expect(state.entries[0]?.lastNumber).toBe(2);
		expect(state.problems[0]).toContain("version 2 of “settings”");
		expect(state.damaged).toEqual([
			{
				area: "versions",
				key: '["p1",2]',
				title: "version 2 of “settings”",
			},
		]);
	});

	it("has its versions sorted, and damaged rows skipped", () => {
		const versions = rows([
			version,
			{ ...version, number: 3, hash: "x" },
			{ ...version, number: 2 },
		]);
		const [entry] = parseState(stored({ versions })).entries;
		expect(entry?.versions.map(({ number }) => number)).toEqual([2, 1]);
		expect(entry?.checkedAt).toBe(7);
	});

	it("keeps the backoff of a resting session", () => {
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

	it("with a session under another profile's id does not use its token twice", () => {
		const phaseOf = (owner: string) => {
			const moved = { profile: owner, source: SOURCE, session: WAITING };
			const sessions = new Map([["p1", moved]]);
			return parseState(stored({ sessions })).entries[0]?.session.phase;
		};
		expect(phaseOf("p1")).toBe("waiting");
		expect(phaseOf("p2")).toBe("idle");
	});

	it("of a profile under another's id is not read", () => {
		const state = parseState(stored({ profiles: new Map([["p2", record]]) }));
		expect(state.entries).toEqual([]);
		expect(state.damaged[0]).toMatchObject({
			area: "local",
			key: "profile:p2",
			title: "profile “settings”",
		});
	});

	it("skips a version whose number is out of bounds, and continues after the others", () => {
		const versions = rows([
			version,
			{ ...version, number: Number.MAX_SAFE_INTEGER },
		]);
		const state = parseState(stored({ versions }));
		expect(state.entries[0]).toMatchObject({ lastNumber: 1 });
		expect(state.entries[0]?.versions).toHaveLength(1);
		expect(state.damaged).toHaveLength(1);
	});

	describe("that the browser lost is reported once:", () => {
		const session = (newest: number) =>
			new Map([
				["p1", { profile: "p1", source: SOURCE, session: WAITING, newest }],
			]);
		const lossOf = (change: Partial<StoredData>) => {
			const [entry] = parseState(stored(change)).entries;
			return [entry?.loss, entry?.session.phase] as const;
		};

		it("versions that the user had seen", () => {
			const seen = { ...record, schema: 2, seen: 3 };
			expect(lossOf({ profiles: profiles([seen]) })[0]).toEqual({
				at: 1_000,
				upTo: 3,
				what: "versions",
			});
			const told = { ...seen, loss: { at: 5, upTo: 3, what: "versions" } };
			expect(lossOf({ profiles: profiles([told]) })[0]?.at).toBe(5);
		});

		it("versions that the session refers to", () => {
			const [loss, phase] = lossOf({ sessions: session(2) });
			expect(loss).toEqual({ at: 1_000, upTo: 2, what: "versions" });
			expect(phase).toBe("idle");
		});

		it("bytes of the newest version", () => {
			const [loss, phase] = lossOf({
				sessions: session(1),
				versions: rows([version]),
				idsWithoutBody: new Set(["p1"]),
			});
			expect(loss).toEqual({ at: 1_000, upTo: 1, what: "bytes" });
			expect(phase).toBe("idle");
		});

		it("but not versions that the user deleted", () => {
			const deleted = { ...record, schema: 2, seen: 3, gone: "x" };
			const [loss] = lossOf({
				profiles: profiles([deleted]),
				sessions: session(3),
			});
			expect(loss).toBeUndefined();
		});
	});

	it("of versions without a profile is listed as a history without a profile", () => {
		const state = parseState(
			stored({ profiles: new Map(), versions: rows([version]) }),
		);
		expect(state.orphans).toEqual([
			{ id: "p1", versions: 1, size: 1, newestAt: 1 },
		]);
		expect(state.problems[0]).toContain("The browser has lost a profile");
		// A damaged profile still owns its history.
		const damaged = parseState(
			stored({ profiles: new Map([["p1", 5]]), versions: rows([version]) }),
		);
		expect(damaged.orphans).toEqual([]);
	});

	it("keeps that a token is unused and that the computer was offline", () => {
		for (const session of [
			{ ...WAITING, isFirst: true },
			{
				phase: "resting",
				attempt: 1,
				failures: 1,
				intervalSeconds: 60,
				dueAt: 2,
				wasOffline: true,
				fault: {
					kind: "network",
					operation: "GetLatestConfiguration",
					at: 1,
					detail: "",
				},
			},
		]) {
			const sessions = new Map([["p1", { source: SOURCE, session }]]);
			const [entry] = parseState(stored({ sessions })).entries;
			expect(entry?.session).toEqual(session);
		}
	});
});
