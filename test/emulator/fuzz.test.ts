// Requests that nobody would send: each is answered with a success or a modelled error, and no token can be forged.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTokenSealer } from "../../src/emulator/token.ts";
import { createDesk, poll, SETTINGS, startSession, toText } from "./desk.ts";

const MODELLED = [
	"BadRequestException",
	"ResourceNotFoundException",
	"ThrottlingException",
	"ConflictException",
];

const path = fc.oneof(
	fc.constantFrom(
		"/configuration",
		"/configuration?configuration_token=",
		"/configuration?configuration_token=%",
		"/configurationsessions",
		"/_emulator/ledger",
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
				"shop",
				"test",
				"settings",
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

/** The Agent speaks in plain texts. */
function isAgent(url: string): boolean {
	return /^\/applications\/[^/]+\/environments\/[^/]+\/configurations\//.test(
		url,
	);
}

describe("Fuzz", () => {
	test("6,000 generated requests to all three services: always a success or a modelled error", async () => {
		const desk = createDesk({ "shop/test/settings.json": '{"a": 1}' });
		await fc.assert(
			fc.asyncProperty(request, async (generated) => {
				const reply = await desk.call(generated);
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
		expect(desk.errors).toEqual([]);
	});

	test("4,000 tokens with a character changed: never accepted", async () => {
		const desk = createDesk({
			"shop/test/settings.json": '{"mine": 1}',
			"shop/test/other.json": '{"other": 1}',
		});
		const mine = await startSession(desk);
		await startSession(desk, {
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
					const reply = await poll(desk, forged);
					expect(reply.status).toBe(400);
					expect(toText(reply.body)).toContain('"Problem":"Corrupted"');
				},
			),
			{ numRuns: 4000 },
		);
		const reply = await poll(desk, mine);
		expect(toText(reply.body)).toBe('{"mine": 1}');
	});

	test("Two sessions' tokens spliced together are never accepted", async () => {
		const desk = createDesk({
			"shop/test/settings.json": '{"mine": 1}',
			"shop/test/other.json": '{"other": 1}',
		});
		const mine = await startSession(desk);
		const other = await startSession(desk, {
			...SETTINGS,
			ConfigurationProfileIdentifier: "other",
		});
		for (let at = 1; at < mine.length; at++) {
			const spliced = mine.slice(0, at) + other.slice(at);
			if (spliced === mine || spliced === other) continue;
			expect((await poll(desk, spliced)).status).toBe(400);
		}
		expect(toText((await poll(desk, mine)).body)).toBe('{"mine": 1}');
	});

	test("Every bit of a token counts", () => {
		const sealer = createTokenSealer();
		const state = STATE;
		const token = sealer.seal(state);
		const open = (text: string) => sealer.openEncoded(encodeURIComponent(text));
		expect(open(token)).toEqual(state);
		expect(
			createTokenSealer().openEncoded(encodeURIComponent(token)),
		).toBeUndefined();
		const bytes = Buffer.from(token, "base64");
		for (let bit = 0; bit < bytes.length * 8; bit++) {
			const flipped = Buffer.from(bytes);
			flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			expect(open(flipped.toString("base64"))).toBeUndefined();
		}
		expect(open(`${token}=`)).toBeUndefined();
		expect(open(token.slice(0, -1))).toBeUndefined();
	});

	test("A token may be percent-encoded more or less than it need be", () => {
		const sealer = createTokenSealer();
		const state = { ...STATE, session: 8 };
		const token = sealer.seal(state);
		const usual = encodeURIComponent(token);
		for (const encoded of [
			usual.replaceAll("%2B", "%2b"),
			usual.replaceAll("%2F", "/").replaceAll("%3D", "="),
			[...token].map((c) => `%${c.charCodeAt(0).toString(16)}`).join(""),
		])
			expect(sealer.openEncoded(encoded)).toEqual(state);
		for (const broken of [
			"",
			"%",
			"%2",
			"AYAD",
			"\u{1f600}",
			"\ud800",
			`${usual}%`,
		])
			expect(sealer.openEncoded(broken)).toBeUndefined();
	});

	test("Two tokens tell nothing about how their states differ", () => {
		const sealer = createTokenSealer();
		const bytes = (sequence: number) =>
			Buffer.from(sealer.seal({ ...STATE, sequence }), "base64");
		const [a, b] = [bytes(1), bytes(2)];
		// Under a fixed mask all but one byte of the covered state would be the same.
		const same = [...a.subarray(20, 48)].filter(
			(byte, at) => byte === b[20 + at],
		);
		expect(same.length).toBeLessThan(8);
	});

	test("A token that was not percent-encoded is refused", async () => {
		const desk = createDesk({ "shop/test/settings.json": "1" });
		const token = await startSession(desk);
		const reply = await desk.call({
			url: `/configuration?configuration_token=${token}`,
		});
		expect(reply.status).toBe(400);
	});
});

const STATE = {
	session: 7,
	sequence: 3,
	issuedAt: 1_700_000_000_123.5,
	intervalSeconds: 60,
	target: 4_294_967_295,
	version: 9,
};
