import { describe, expect, it } from "vitest";
import type { Version } from "../../../src/core/history/history.ts";
import type { Deployment } from "../../../src/core/protocol/control-plane.ts";
import type { ProfileSnapshot } from "../../../src/core/protocol/snapshot.ts";
import { formatShortTime } from "../../../src/ui/components/Age.tsx";
import { explainOutdated } from "../../../src/ui/deployments/explain-outdated.ts";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 5, 1, 12);
const STARTED = NOW - 30 * MINUTE;
const COMPLETE = NOW - 10 * MINUTE;
const AT = formatShortTime(COMPLETE, NOW);

/** Polled before the deployment was complete, and showing v1. */
const PROFILE = {
	profile: { configurationProfile: "settings" },
	paused: false,
	phase: "waiting",
	checkedAt: COMPLETE - MINUTE,
	versions: [{ number: 1, label: "v1" } as Version],
} as unknown as ProfileSnapshot;
const V2 = [{ number: 2, label: "v2" } as Version];

const LAST: Deployment = {
	number: 7,
	state: "COMPLETE",
	percentage: 100,
	configurationName: "settings",
	version: "12",
	label: "v2",
	startedAt: STARTED,
	completedAt: COMPLETE,
	durationMinutes: 10,
};

function why(
	deployment: Partial<Deployment>,
	profile: Partial<ProfileSnapshot> = {},
): string {
	const { completedAt, ...rest } = LAST;
	const isOver = deployment.state === undefined;
	const last = { ...rest, ...(isOver ? { completedAt } : {}), ...deployment };
	return explainOutdated({ ...PROFILE, ...profile }, [last as Deployment], NOW);
}

describe("a deployment that is under way", () => {
	const deploying = { state: "DEPLOYING", percentage: 40 };

	it("says how far it is, and by when this client gets it", () => {
		expect(why(deploying)).toBe(
			"Deployment #7 of version v2 has reached 40 % of the clients. This one gets it by the time the deployment completes.",
		);
	});

	it("says that this client has it already", () => {
		expect(why(deploying, { versions: V2 })).toBe(
			"Deployment #7 of version v2 has reached 40 % of the clients, and this one is among them.",
		);
	});

	it("has reached no client while it is validated", () => {
		expect(why({ state: "VALIDATING", percentage: 0 })).toBe(
			"Deployment #7 of version v2 is being validated, and no client gets it before it starts.",
		);
	});
});

describe("a deployment whose alarms are monitored", () => {
	const reachedAt = STARTED + 10 * MINUTE;
	const reached = `Deployment #7 of version v2 has reached all clients at ${formatShortTime(reachedAt, NOW)}`;
	const care = " It may still be rolled back while alarms are monitored.";

	it("arrives with the next poll", () => {
		expect(why({ state: "BAKING" }, { checkedAt: reachedAt - 1 })).toBe(
			`${reached}, after the last poll: the next one gets it.${care}`,
		);
	});

	it("is the newest version here, by its label or because it was polled since", () => {
		expect(why({ state: "BAKING" }, { versions: V2 })).toBe(
			`${reached}: it is the newest version here.${care}`,
		);
		expect(why({ state: "BAKING" })).toBe(
			`${reached}, and the last poll came after that: the newest version here has its content.${care}`,
		);
	});
});

describe("a complete deployment", () => {
	const complete = `Deployment #7 of version v2 was complete at ${AT}`;

	it("that was not polled yet arrives with the next poll", () => {
		expect(why({})).toBe(
			`${complete}, after the last poll: the next one gets it.`,
		);
		expect(
			explainOutdated({ ...PROFILE, versions: [] }, [LAST], NOW),
		).toContain("the next one gets it");
	});

	it.each([
		[{ paused: true }, "polling is paused, and gets it once you resume it"],
		[
			{ pauseReason: "away" },
			"polling pauses while you are away, and gets it afterwards",
		],
		[
			{ phase: "halted" },
			"polling has stopped, and gets it once the problem is fixed",
		],
		[
			{ phase: "resting", fault: { kind: "network" } },
			"polls have failed since, and the next one that succeeds gets it",
		],
	] as const)(
		"with %o it tells what keeps the next poll away",
		(state, words) => {
			expect(why({}, state as Partial<ProfileSnapshot>)).toBe(
				`${complete}, after the last poll: ${words}.`,
			);
		},
	);

	it("that was received is the newest version here", () => {
		expect(why({}, { versions: V2 })).toBe(
			`${complete}: it is the newest version here.`,
		);
	});

	it("that was polled since is the newest version here, whatever its label", () => {
		expect(why({}, { checkedAt: NOW })).toBe(
			`${complete}, and the last poll came after that: the newest version here has its content.`,
		);
		expect(why({}, { checkedAt: NOW, deletedHash: "" })).toContain(
			"what it returned is empty or was deleted here",
		);
	});

	it("of a version without a label is named by its number", () => {
		const { label: _, ...unlabelled } = LAST;
		expect(explainOutdated(PROFILE, [unlabelled], NOW)).toContain(
			"of version 12 was",
		);
	});
});

it.each([
	["ROLLED_BACK", "was rolled back, and the version before it is served"],
	[
		"ROLLING_BACK",
		"is being rolled back, and the version before it is served again",
	],
	["REVERTED", "was reverted, and the version before it is served"],
])("after %s the version before it is served", (state, words) => {
	expect(why({ state })).toBe(`Deployment #7 of version v2 ${words}.`);
});

describe("in an environment with several configurations", () => {
	const other = { ...LAST, number: 8, configurationName: "flags", label: "f9" };

	it("only the deployments of the profile's own configuration count", () => {
		expect(explainOutdated(PROFILE, [other, LAST], NOW)).toContain(
			"Deployment #7",
		);
	});

	it("a profile with an ID cannot be matched, and the text says so", () => {
		const profile = { ...PROFILE.profile, configurationProfile: "ghi9012" };
		const byId = { ...PROFILE, profile };
		expect(explainOutdated(byId, [other, LAST], NOW)).toContain(
			"look for its name",
		);
		expect(explainOutdated(byId, [LAST], NOW)).toContain("Deployment #7");
	});
});

it("explains nothing without a deployment", () => {
	expect(explainOutdated(PROFILE, [], NOW)).toBe("");
});
