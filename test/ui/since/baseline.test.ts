import { expect, test } from "vitest";
import { findUnseen } from "../../../src/ui/since/baseline.ts";
import {
	createProfileSnapshot,
	createVersion,
} from "../../helpers/render-view.tsx";

const versions = [5, 4, 2, 1].map((number) => createVersion(number));

test("nothing is new at the first look, and after the newest version was seen", () => {
	for (const lastSeenNumber of [0, 5])
		expect(
			findUnseen(createProfileSnapshot({ versions, lastSeenNumber })),
		).toBeUndefined();
});

test("the versions after the last look are new, also when they have been seen since", () => {
	for (const seen of [
		{ lastSeenNumber: 2, lastSeenAt: 7 },
		{ lastSeenNumber: 5, lastSeenAt: 9, baseline: { number: 2, at: 7 } },
	]) {
		const found = findUnseen(createProfileSnapshot({ versions, ...seen }));
		expect(found?.base.number).toBe(2);
		expect(found?.newest.number).toBe(5);
		expect(found?.versions.map(({ number }) => number)).toEqual([5, 4]);
		expect(found?.lastLookAt).toBe(7);
		expect(found?.missing).toBeUndefined();
	}
});

test("in place of a deleted version stands the newest one before it", () => {
	const found = findUnseen(
		createProfileSnapshot({ versions, lastSeenNumber: 3 }),
	);
	expect([found?.base.number, found?.missing]).toEqual([2, 3]);
});

test("where no version before it is left, the oldest one stands in its place", () => {
	const rest = versions.slice(0, 2);
	const found = findUnseen(
		createProfileSnapshot({ versions: rest, lastSeenNumber: 3 }),
	);
	expect([found?.base.number, found?.missing]).toEqual([4, 3]);
	expect(
		findUnseen(
			createProfileSnapshot({ versions: rest.slice(0, 1), lastSeenNumber: 3 }),
		),
	).toBeUndefined();
});

test("nothing is said while the view has received only the newest versions", () => {
	const profile = createProfileSnapshot({
		versions: versions.slice(0, 2),
		versionCount: 4,
		lastSeenNumber: 1,
	});
	expect(findUnseen(profile)).toBeUndefined();
});
