import { describe, expect, test } from "vitest";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import {
	filterChoices,
	groupChoices,
} from "../../../src/ui/version-chooser/choices.ts";
import {
	createProfileSnapshot,
	createVersion,
	PROFILE_ID,
} from "../../helpers/render-view.tsx";

const DAY = 86_400_000;
const NOW = 10 * DAY;
const versions = [
	createVersion(4, { receivedAt: NOW - 1_000 }),
	createVersion(3, { receivedAt: NOW - DAY / 2, label: "release-3" }),
	createVersion(2, { receivedAt: NOW - 2 * DAY, note: "Agreed with support" }),
	createVersion(1, { receivedAt: NOW - 3 * DAY }),
];
const owner = createProfileSnapshot({
	versions,
	lastSeenNumber: 4,
	baseline: { number: 3 },
});
const other = (id: string, change: object) =>
	createProfileSnapshot({
		profile: { ...owner.profile, id: id as ProfileId, name: id, ...change },
		versions: [createVersion(7)],
	});
const profiles = [
	owner,
	other("limits", { configurationProfile: "limits" }),
	other("staging", { environment: "staging" }),
	createProfileSnapshot({
		profile: { ...owner.profile, id: "empty" as ProfileId },
		versions: [],
	}),
];
const groups = (otherNumber: number) =>
	groupChoices({
		owner,
		versions,
		profiles,
		other: { profile: PROFILE_ID, number: otherNumber },
		now: NOW,
	}).map(({ title, choices }) => [
		title,
		...choices.map(
			({ name, owner: { name: profile }, number }) =>
				name ?? `${profile} ${number}`,
		),
	]);

const { configurationProfile, environment } = owner.profile;

describe("what a version can be compared with", () => {
	test("is ordered by time, environments, versions and other profiles", () => {
		expect(groups(1)).toEqual([
			["By time", "Live", "Last seen", "24 hours ago"],
			[`${configurationProfile} in other environments`, "staging 7"],
			[
				`Versions of ${configurationProfile}, ${environment}`,
				"Shop settings 4",
				"Shop settings 3",
				"Shop settings 2",
			],
			["Other profiles", "limits 7"],
		]);
	});

	test("does not contain the version on the other side", () => {
		expect(groups(4)[0]).toEqual(["By time", "Last seen", "24 hours ago"]);
	});

	test("has the version before the one on the other side", () => {
		expect(groups(2)[0]).toEqual([
			"By time",
			"Live",
			"Last seen",
			"Version before",
		]);
	});

	test("names a version once", () => {
		const seen = { ...owner, baseline: { number: 4 } };
		const [byTime] = groupChoices({
			owner: seen,
			versions,
			profiles,
			other: { profile: PROFILE_ID, number: 1 },
			now: NOW,
		});
		expect(byTime?.choices.map(({ name }) => name)).toEqual([
			"Live",
			"24 hours ago",
		]);
	});
});

test.each([
	["release", [3]],
	["SUPPORT agreed", [2]],
	["limits", [7]],
	["v1", [1]],
	["nothing like it", []],
])("the filter %s leaves %j", (filter, numbers) => {
	const found = filterChoices(
		groupChoices({
			owner,
			versions,
			profiles,
			other: { profile: "none" as ProfileId, number: 1 },
			now: NOW,
		}),
		filter,
	).flatMap(({ choices }) => choices.map(({ number }) => number));
	expect([...new Set(found)]).toEqual(numbers);
});
