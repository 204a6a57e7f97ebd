import { expect, test } from "vitest";
import type { Resource } from "../../../src/core/protocol/control-plane.ts";
import { err, ok } from "../../../src/core/shared/result.ts";
import {
	type ListResults,
	type LookupInput,
	NOT_REQUESTED,
	toLookup,
} from "../../../src/options/profile/use-resource-lookup.ts";

const PLACE = { region: "eu-west-1" };
const WISH: LookupInput = {
	target: PLACE,
	application: "",
	requested: { times: 1, target: PLACE },
};
const AGAIN = { times: 2, target: PLACE };
const SHOP: Resource = { id: "abc1234", name: "shop" };
const STAGE: Resource = { id: "env1234", name: "stage" };

/** The background answers all that is requested for a wish, and what follows from that. */
function answered(
	wish: LookupInput,
	known: ListResults = new Map(),
): ListResults {
	const open = toLookup(wish, known).requests.filter(
		({ key }) => !known.has(key),
	);
	if (open.length === 0) return known;
	const told = new Map(known);
	for (const { key, listing } of open)
		told.set(key, ok([listing === "applications" ? SHOP : STAGE]));
	return answered(wish, told);
}

test("nothing is requested before the click, or without a Region", () => {
	expect(
		toLookup({ ...WISH, requested: NOT_REQUESTED }, new Map()).requests,
	).toEqual([]);
	const requested = { times: 1, target: undefined };
	const nowhere = toLookup(
		{ ...WISH, target: undefined, requested },
		new Map(),
	);
	expect(nowhere).toMatchObject({ requests: [], isBusy: false });
	expect(nowhere.problem).toContain("Region");
	const untouched = { ...WISH, target: undefined, requested: NOT_REQUESTED };
	expect(toLookup(untouched, new Map()).problem).toBe("");
});

test("environments and configuration profiles are listed once the application is known, by id or name", () => {
	expect(toLookup(WISH, new Map())).toMatchObject({ isBusy: true, lists: {} });
	const applications = answered(WISH);
	expect(toLookup(WISH, applications).lists).toEqual({ applications: [SHOP] });
	for (const application of ["shop", "abc1234"]) {
		const wish = { ...WISH, application };
		expect(toLookup(wish, applications).isBusy).toBe(true);
		expect(toLookup(wish, answered(wish)).lists).toEqual({
			applications: [SHOP],
			environments: [STAGE],
			configurationprofiles: [STAGE],
		});
	}
});

test("a late result of an earlier request is not offered for the current one", () => {
	const shop = { ...WISH, application: "shop" };
	const answers = answered(shop);
	const elsewhere = { ...shop, target: { region: "us-east-1" } };
	expect(toLookup(elsewhere, answers)).toMatchObject({
		lists: {},
		requests: [],
		isBusy: false,
		problem: "",
	});
	const another = { ...shop, application: "books" };
	expect(toLookup(another, answers).lists).toEqual({ applications: [SHOP] });
	expect(toLookup({ ...shop, requested: AGAIN }, answers).lists).toEqual({});
});

test("an endpoint that is edited after the click is not called letter by letter, and its lists return with the old text", () => {
	const at = (endpoint: string) => ({
		...WISH,
		target: { ...PLACE, endpoint },
	});
	const requested = {
		times: 1,
		target: { ...PLACE, endpoint: "https://a.example" },
	};
	const answers = answered({ ...at("https://a.example"), requested });
	for (const typed of ["https://a.exampl", "https://a.example.o"])
		expect(toLookup({ ...at(typed), requested }, answers)).toMatchObject({
			requests: [],
			lists: {},
		});
	const back = toLookup({ ...at("https://a.example"), requested }, answers);
	expect(back.lists).toEqual({ applications: [SHOP] });
});

test("a second click refreshes the lists", () => {
	expect(toLookup(WISH, new Map()).requests[0]?.refresh).toBe(false);
	const again = toLookup({ ...WISH, requested: AGAIN }, new Map());
	expect(again.requests[0]?.refresh).toBe(true);
});

test("an error is shown beside the lists that were loaded", () => {
	const shop = { ...WISH, application: "shop" };
	const answers = new Map(answered(shop));
	const { requests } = toLookup(shop, answers);
	const environments = requests.find(
		({ listing }) => listing === "environments",
	);
	answers.set(
		environments?.key ?? "",
		err({ kind: "access-denied", detail: "Allow it." }),
	);
	const { lists, problem, isBusy } = toLookup(shop, answers);
	expect(Object.keys(lists)).toEqual(["applications", "configurationprofiles"]);
	expect(problem).toBe("Access denied: Allow it.");
	expect(isBusy).toBe(false);
});
