import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	createHarness,
	poll,
	SETTINGS,
	startSession,
	toText,
} from "./harness.ts";

const MODELLED = [
	"BadRequestException",
	"ResourceNotFoundException",
	"ThrottlingException",
	"ConflictException",
	"UnknownOperationException",
];

const path = fc.oneof(
	fc.constantFrom(
		"/configuration",
		"/configuration?configuration_token=",
		"/configuration?configuration_token=%",
		"/configurationsessions",
		"/_emulator/events",
		"/",
		"*",
	),
	fc.string({ unit: "binary" }).map((text) => `/configuration?${text}`),
	fc.string().map((text) => `/configuration?configuration_token=${text}`),
	fc.webPath().map((text) => text || "/"),
	fc
		.array(
			fc.constantFrom(
				"applications",
				"environments",
				"configurations",
				"configurationprofiles",
				"hostedconfigurationversions",
				"deployments",
				"deploymentstrategies",
				"validators",
				"tags",
				"arn:aws:appconfig:eu-west-1:123456789012:application",
				"arn:aws:appconfig:eu-west-1:123456789012:application%2Fshop",
				"shop",
				"test",
				"settings",
				"settings?client_id=me",
				"1",
				"%",
				"constructor",
			),
			{ minLength: 1, maxLength: 7 },
		)
		.map((parts) => `/${parts.join("/")}`),
	fc.string({ unit: "binary" }),
);

const name = fc.oneof(
	fc.constantFrom("shop", "test", "settings", "..", "", "a/b", "__proto__"),
	fc.string({ unit: "binary", maxLength: 140 }),
);

const body = fc.oneof(
	fc.uint8Array({ maxLength: 200 }),
	fc.json().map((text) => new TextEncoder().encode(text)),
	fc
		.record(
			{
				ApplicationIdentifier: fc.oneof(name, fc.anything()),
				EnvironmentIdentifier: name,
				ConfigurationProfileIdentifier: name,
				RequiredMinimumPollIntervalInSeconds: fc.oneof(
					fc.integer(),
					fc.double(),
					fc.anything(),
				),
			},
			{ requiredKeys: [] },
		)
		.map((value) => new TextEncoder().encode(JSON.stringify(value) ?? "")),
);

const request = fc.record({
	method: fc.oneof(
		fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"),
		fc.string({ maxLength: 8 }),
	),
	url: path,
	headers: fc.dictionary(
		fc.constantFrom("content-type", "context", "authorization", "accept"),
		fc.string({ unit: "binary", maxLength: 40 }),
	),
	body,
});

/** Errors of the Agent's endpoints are plain text. */
function isAgent(url: string): boolean {
	return /^\/applications\/[^/]+\/environments\/[^/]+\/configurations\//.test(
		url,
	);
}

describe("Fuzz", () => {
	test("6,000 generated requests return a success or an error of the API model", async () => {
		const harness = createHarness({ "shop/test/settings.json": '{"a": 1}' });
		await fc.assert(
			fc.asyncProperty(request, async (generated) => {
				const reply = await harness.request(generated);
				const type = reply.header("x-amzn-ErrorType") ?? "";
				if (type === "" && isAgent(generated.url)) return;
				if (reply.status >= 300) expect(MODELLED).toContain(type);
				expect(reply.header("x-amzn-RequestId")).toBeDefined();
				expect(reply.header("Date")).toBe("Thu, 15 Jan 2026 12:00:00 GMT");
				if (reply.status >= 300)
					expect(JSON.parse(toText(reply.body))).toHaveProperty("Message");
			}),
			{ numRuns: 6000 },
		);
		expect(harness.errors).toEqual([]);
	});

	test("4,000 tokens with one changed character are refused", async () => {
		const harness = createHarness({
			"shop/test/settings.json": '{"mine": 1}',
			"shop/test/other.json": '{"other": 1}',
		});
		const mine = await startSession(harness);
		await startSession(harness, {
			...SETTINGS,
			ConfigurationProfileIdentifier: "other",
		});
		await fc.assert(
			fc.asyncProperty(
				fc.nat({ max: mine.length - 1 }),
				fc.constantFrom(..."ABab01+/=-_ %."),
				async (at, character) => {
					fc.pre(mine[at] !== character);
					const forged = mine.slice(0, at) + character + mine.slice(at + 1);
					const reply = await poll(harness, forged);
					expect(reply.status).toBe(400);
					expect(toText(reply.body)).toContain('"Problem":"Corrupted"');
				},
			),
			{ numRuns: 4000 },
		);
		const reply = await poll(harness, mine);
		expect(toText(reply.body)).toBe('{"mine": 1}');
	});

	test("combinations of the tokens of two sessions are refused", async () => {
		const harness = createHarness({
			"shop/test/settings.json": '{"mine": 1}',
			"shop/test/other.json": '{"other": 1}',
		});
		const mine = await startSession(harness);
		const other = await startSession(harness, {
			...SETTINGS,
			ConfigurationProfileIdentifier: "other",
		});
		for (let at = 1; at < mine.length; at++) {
			const spliced = mine.slice(0, at) + other.slice(at);
			if (spliced === mine || spliced === other) continue;
			expect((await poll(harness, spliced)).status).toBe(400);
		}
		expect(toText((await poll(harness, mine)).body)).toBe('{"mine": 1}');
	});

	test("a token that is not percent-encoded is refused", async () => {
		const harness = createHarness({ "shop/test/settings.json": "1" });
		const token = await startSession(harness);
		const reply = await harness.request({
			url: `/configuration?configuration_token=${token}`,
		});
		expect(reply.status).toBe(400);
	});
});
