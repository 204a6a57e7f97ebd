// What the form offers to choose from: only answers to what it asks now.
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

test("nothing is requested before the user asks, nor without a Region", () => {
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

test("what is in an application is requested for once that is known, by its id or its name", () => {
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

test("an answer to what was requested before, however late, is not offered for what is requested now", () => {
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

test("an endpoint that is typed on after the click is not requested letter by letter, and is offered again when it is as it was", () => {
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

test("requested again, the lists are fetched anew", () => {
	expect(toLookup(WISH, new Map()).requests[0]?.refresh).toBe(false);
	const again = toLookup({ ...WISH, requested: AGAIN }, new Map());
	expect(again.requests[0]?.refresh).toBe(true);
});

test("why there is none is told, with what is there beside it", () => {
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
