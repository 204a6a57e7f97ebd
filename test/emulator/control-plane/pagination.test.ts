// Pages of every list, while things are removed and added between two of them: nothing is left out and nothing comes twice.
import { describe, expect, test } from "vitest";
import {
	createHarness,
	type EmulatorHarness,
	toBody,
	toText,
} from "../harness.ts";

type Item = Readonly<Record<string, unknown>>;

interface Page {
	readonly Items: readonly Item[];
	readonly NextToken?: string;
}

async function page(
	harness: EmulatorHarness,
	url: string,
	token?: string,
): Promise<Page> {
	const query = new URLSearchParams({ max_results: "3" });
	if (token !== undefined) query.set("next_token", token);
	const reply = await harness.request({ url: `${url}?${query}` });
	expect(reply.status).toBe(200);
	return JSON.parse(toText(reply.body)) as Page;
}

async function post(
	harness: EmulatorHarness,
	url: string,
	body: object,
): Promise<Item> {
	const reply = await harness.request({
		method: "POST",
		url,
		body: toBody(body),
	});
	expect(reply.status, toText(reply.body)).toBe(201);
	return JSON.parse(toText(reply.body)) as Item;
}

interface List {
	readonly url: string;
	/** What tells an item from others. */
	readonly key: string;
	readonly add: (name: string) => Promise<unknown>;
	/** Absent where the API deletes nothing of the kind. */
	readonly remove?: (item: Item) => Promise<unknown>;
}

const NO_BAKE = {
	Name: "no-bake",
	DeploymentDurationInMinutes: 0,
	GrowthFactor: 100,
	ReplicateTo: "NONE",
};

async function createList(
	name: string,
): Promise<{ harness: EmulatorHarness; list: List }> {
	const harness = createHarness();
	const root = `/applications/${(await post(harness, "/applications", { Name: "shop" })).Id}`;
	const remove = (url: string) => (item: Item) =>
		harness.request({ method: "DELETE", url: `${url}/${item.Id}` });
	const named = (url: string, more = {}): List => ({
		url,
		key: "Id",
		add: (Name) => post(harness, url, { Name, ...more }),
		remove: remove(url),
	});
	const profiles = `${root}/configurationprofiles`;
	const hosted = { LocationUri: "hosted" };
	switch (name) {
		case "applications":
			return { harness: harness, list: named("/applications") };
		case "environments":
			return { harness: harness, list: named(`${root}/environments`) };
		case "profiles":
			return { harness: harness, list: named(profiles, hosted) };
		case "strategies": {
			const list = named("/deploymentstrategies", NO_BAKE);
			return {
				harness: harness,
				list: {
					...list,
					add: (Name) => post(harness, list.url, { ...NO_BAKE, Name }),
					remove: remove("/deployementstrategies"),
				},
			};
		}
		default: {
			const profile = await post(harness, profiles, { Name: "p", ...hosted });
			const versions = `${profiles}/${profile.Id}/hostedconfigurationversions`;
			const upload = (text: string) =>
				harness.request({
					method: "POST",
					url: versions,
					headers: { "content-type": "text/plain" },
					body: Buffer.from(text),
				});
			if (name === "versions")
				return {
					harness: harness,
					list: {
						url: versions,
						key: "VersionNumber",
						add: upload,
						remove: ({ VersionNumber }) =>
							harness.request({
								method: "DELETE",
								url: `${versions}/${VersionNumber}`,
							}),
					},
				};
			await upload("1");
			const strategy = await post(harness, "/deploymentstrategies", NO_BAKE);
			const place = await post(harness, `${root}/environments`, { Name: "e" });
			const url = `${root}/environments/${place.Id}/deployments`;
			const start = () =>
				post(harness, url, {
					DeploymentStrategyId: strategy.Id,
					ConfigurationProfileId: profile.Id,
					ConfigurationVersion: "1",
				});
			return {
				harness: harness,
				list: { url, key: "DeploymentNumber", add: start },
			};
		}
	}
}

const LISTS = [
	"applications",
	"environments",
	"profiles",
	"strategies",
	"versions",
	"deployments",
];

/** All pages; `between` runs after each but the last. */
async function readAll(
	{ harness, list }: Awaited<ReturnType<typeof createList>>,
	between: (page: Page) => Promise<unknown> = async () => {},
): Promise<Item[]> {
	const items: Item[] = [];
	let next: Page | undefined;
	do {
		next = await page(harness, list.url, next?.NextToken);
		items.push(...next.Items);
		if (next.NextToken !== undefined) await between(next);
	} while (next.NextToken !== undefined);
	return items;
}

async function createSix(name: string) {
	const made = await createList(name);
	for (const one of ["a", "b", "c", "d", "e", "f"]) await made.list.add(one);
	const before = await readAll(made);
	expect(before.length).toBeGreaterThanOrEqual(6);
	const keyOf = (item: Item) => item[made.list.key];
	expect(new Set(before.map(keyOf)).size).toBe(before.length);
	return { ...made, before, keyOf };
}

describe.each(LISTS)("The list of %s", (name) => {
	test("repeats no item when another is added between two pages", async () => {
		const { harness, list, before, keyOf } = await createSix(name);
		let count = 0;
		const read = await readAll({ harness: harness, list }, () =>
			list.add(`new${count++}`),
		);
		const keys = read.map(keyOf);
		expect(new Set(keys).size).toBe(keys.length);
		expect(keys).toEqual(expect.arrayContaining(before.map(keyOf)));
	});

	test("refuses tokens of other lists and invalid tokens", async () => {
		const { harness, list } = await createSix(name);
		const { NextToken: foreign = "" } = await page(
			harness,
			list.url === "/applications" ? "/deploymentstrategies" : "/applications",
		);
		const others = [
			foreign || Buffer.from('["/x",1]').toString("base64url"),
			"x",
			Buffer.from("page:1").toString("base64url"),
			Buffer.from(JSON.stringify([list.url, "1"])).toString("base64url"),
			Buffer.from(JSON.stringify([list.url, 1e300])).toString("base64url"),
			Buffer.from("{}").toString("base64url"),
		];
		for (const token of others) {
			const reply = await harness.request({
				url: `${list.url}?next_token=${encodeURIComponent(token)}`,
			});
			expect(reply.status).toBe(400);
			expect(toText(reply.body)).toContain("next_token is not valid");
		}
	});
});

test.each(["0", "51", "", " ", "1e1", "0x10", "2.0", "-1"])(
	"max_results=%s is refused",
	async (size) => {
		const { harness } = await createSix("applications");
		const query = new URLSearchParams({ max_results: size });
		const reply = await harness.request({ url: `/applications?${query}` });
		expect(reply.status).toBe(400);
		expect(toText(reply.body)).toContain("max_results must be from 1 to 50");
	},
);

// The API deletes no deployments.
describe.each(LISTS.filter((name) => name !== "deployments"))(
	"The list of %s",
	(name) => {
		test.each([
			["the first", 0],
			["the last", 2],
		])("skips no item when %s item of a page is deleted", async (_, index) => {
			const { harness, list, before, keyOf } = await createSix(name);
			const removed: unknown[] = [];
			const read = await readAll(
				{ harness: harness, list },
				async ({ Items }) => {
					// What AWS has predefined cannot be deleted.
					const item = Items[index];
					const reply = (await list.remove?.(item ?? {})) as { status: number };
					if (reply.status === 204) removed.push(item && keyOf(item));
				},
			);
			expect(read.map(keyOf)).toEqual(before.map(keyOf));
			expect(removed.length).toBeGreaterThan(0);
		});

		test("leaves out only items that are deleted before their page is read", async () => {
			const { harness, list, before, keyOf } = await createSix(name);
			const last = before.at(name === "versions" ? -2 : -1) ?? {};
			let isFirst = true;
			const read = await readAll({ harness: harness, list }, async () => {
				if (isFirst) await list.remove?.(last);
				isFirst = false;
			});
			expect(read.map(keyOf)).toEqual(
				before.map(keyOf).filter((key) => key !== keyOf(last)),
			);
		});
	},
);
