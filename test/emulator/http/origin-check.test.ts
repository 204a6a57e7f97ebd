import { request as send } from "node:http";
import { describe, expect, test } from "vitest";
import { parseOptions } from "../../../src/emulator/cli/options.ts";
import type { EmulatorOptions } from "../../../src/emulator/emulator.ts";
import {
	createHarness,
	type EmulatorHarness,
	SETTINGS,
	toBody,
	toText,
} from "../harness.ts";

const FILES = { "shop/test/settings.json": '{"v": 1}' };
const JSON_TYPE = { "content-type": "application/json" };
const PAGE = "http://localhost:3000";

interface Tried {
	readonly method?: string;
	readonly url: string;
	readonly headers?: Record<string, string>;
	readonly body?: Uint8Array;
}

const READS: readonly Tried[] = [
	{ url: "/ping" },
	{ url: "/applications" },
	{ url: "/applications/shop/environments/test/configurations/settings" },
	{ url: "/_emulator/events" },
	{ url: "/_emulator/clock" },
	{ url: "/configuration?configuration_token=x" },
	{ url: "/nothing/here" },
	{ method: "HEAD", url: "/ping" },
	{ method: "OPTIONS", url: "/applications" },
];

/** Each of them does something when a client outside a browser sends it. */
const WRITES: readonly Tried[] = [
	{ method: "POST", url: "/applications", body: toBody({ Name: "evil" }) },
	{ method: "POST", url: "/configurationsessions", body: toBody(SETTINGS) },
	{
		method: "POST",
		url: "/deploymentstrategies",
		body: toBody({
			Name: "evil",
			DeploymentDurationInMinutes: 0,
			GrowthFactor: 100,
			ReplicateTo: "NONE",
		}),
	},
	{
		method: "POST",
		url: "/_emulator/clock",
		body: toBody({ advanceSeconds: 60 }),
	},
	{
		method: "POST",
		url: "/_emulator/faults",
		body: toBody({ fault: "error" }),
	},
	{ method: "DELETE", url: "/_emulator/faults" },
];

/** Headers that browsers send for pages of other origins. */
const FOREIGN: readonly Record<string, string>[] = [
	{ origin: "http://evil.example", "sec-fetch-site": "cross-site" },
	{ origin: "https://evil.example", "sec-fetch-site": "cross-site" },
	// Over plain HTTP to a host of the network a browser tells no Sec-Fetch-Site.
	{ origin: "http://evil.example" },
	{ "sec-fetch-site": "cross-site" },
	{ "sec-fetch-site": "same-site" },
	{ origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-site" },
	{ origin: "http://localhost:4772", "sec-fetch-site": "cross-site" },
	{ origin: "https://127.0.0.1:4772" },
	{ origin: "http://[::1]:4772" },
	{ origin: "null", "sec-fetch-site": "cross-site" },
	{ origin: "null" },
	{ origin: "file://" },
	{ origin: "http://127.0.0.1:4772.evil.example" },
	{ origin: "http://127.0.0.1:47720" },
	{ origin: "http://127.0.0.1:4772, http://evil.example" },
	{ origin: "" },
	// A name that was rebound is no better for the port.
	{ origin: "http://127.0.0.1:4772", "sec-fetch-site": "cross-site" },
	{ origin: "xchrome-extension://abc" },
	{ origin: "http://chrome-extension://abc" },
];

const TYPES: readonly Record<string, string>[] = [
	{},
	{ "content-type": "text/plain" },
	{ "content-type": "text/plain; application/json" },
	{ "content-type": "application/x-www-form-urlencoded" },
	{ "content-type": "multipart/form-data; boundary=x" },
	JSON_TYPE,
];

function createGuarded(
	options: Partial<EmulatorOptions> = {},
): EmulatorHarness {
	return createHarness(FILES, { testing: true, ...options });
}

async function call(
	harness: EmulatorHarness,
	tried: Tried,
	more: Record<string, string>,
) {
	const headers = { host: "127.0.0.1:4772", ...tried.headers, ...more };
	return harness.request({ ...tried, headers });
}

/** Everything a page could have changed. */
async function stateOf(harness: EmulatorHarness): Promise<unknown> {
	const state: unknown[] = [];
	for (const { url } of [
		{ url: "/applications" },
		{ url: "/deploymentstrategies" },
		{ url: "/_emulator/faults" },
		{ url: "/_emulator/clock" },
		{ url: "/_emulator/events" },
	])
		state.push(JSON.parse(toText((await harness.request({ url })).body)));
	return state;
}

describe("A web page of another origin", () => {
	test.each(FOREIGN)("with %j is refused at every endpoint", async (sent) => {
		const harness = createGuarded();
		const before = await stateOf(harness);
		for (const tried of [...READS, ...WRITES])
			for (const type of TYPES) {
				const reply = await call(harness, tried, { ...type, ...sent });
				expect(reply.status, `${tried.method} ${tried.url}`).toBe(403);
				expect(reply.header("x-amzn-ErrorType")).toBe("AccessDeniedException");
				expect(reply.header("Access-Control-Allow-Origin")).toBeUndefined();
			}
		expect(await stateOf(harness)).toEqual(before);
	});

	test("cannot create a version with guessed ids", async () => {
		const harness = createGuarded();
		const ids = async (url: string) =>
			JSON.parse(toText((await harness.request({ url })).body)).Items[0].Id;
		const path = `/applications/${await ids("/applications")}`;
		const profile = await ids(`${path}/configurationprofiles`);
		const versions = `${path}/configurationprofiles/${profile}/hostedconfigurationversions`;
		const before = toText((await harness.request({ url: versions })).body);
		for (const type of TYPES)
			expect(
				await call(
					harness,
					{ method: "POST", url: versions, body: toBody({ evil: true }) },
					{ ...type, origin: "http://evil.localhost:8080" },
				),
			).toMatchObject({ status: 403 });
		expect(toText((await harness.request({ url: versions })).body)).toBe(
			before,
		);
	});

	test("is named in the reply, and once in the log, with the option that allows it", async () => {
		const harness = createGuarded();
		for (let times = 0; times < 3; times++) {
			const reply = await call(harness, { url: "/ping" }, { origin: PAGE });
			expect(toText(reply.body)).toContain(`--cors ${PAGE}`);
		}
		expect(harness.events).toEqual([
			expect.stringContaining(`Refused a request from pages of ${PAGE}`),
		]);
	});

	test.each(["null", "", "http://a.example, http://b.example", "garbage"])(
		"with origin %j, which --cors does not accept, gets no such advice",
		async (origin) => {
			const harness = createGuarded();
			const reply = await call(harness, { url: "/ping" }, { origin });
			expect(reply.status).toBe(403);
			expect(JSON.parse(toText(reply.body)).Message).toBe(
				`The emulator refuses requests from pages whose origin is ${JSON.stringify(origin)}. Pages of origins that --cors names can call it with fetch().`,
			);
		},
	);

	test("is refused over HTTP, also with a rebound host name", async () => {
		const harness = createGuarded();
		const { port } = await harness.emulator.listen({ port: 0 });
		const status = (headers: Record<string, string>) =>
			new Promise((resolve, reject) => {
				send({ host: "127.0.0.1", port, path: "/ping", headers }, (reply) => {
					reply.resume();
					resolve(reply.statusCode);
				})
					.on("error", reject)
					.end();
			});
		const own = `http://127.0.0.1:${port}`;
		expect(await status({ origin: own })).toBe(200);
		expect(await status({ origin: `http://localhost:${port}` })).toBe(403);
		// Rebound to loopback, a page is same-origin with itself: its Host header gives it away.
		expect(
			await status({
				host: `evil.example:${port}`,
				origin: `http://evil.example:${port}`,
				"sec-fetch-site": "same-origin",
			}),
		).toBe(403);
	});
});

describe("The emulator's own origin", () => {
	test.each([
		{ host: "127.0.0.1:4772", origin: "http://127.0.0.1:4772" },
		{ host: "localhost", origin: "http://localhost" },
		{ host: "[::1]:4772", origin: "http://[::1]:4772" },
		{ host: "127.0.0.1:4772", "sec-fetch-site": "same-origin" },
		{ host: "127.0.0.1:4772", "sec-fetch-site": "none" },
		{ host: "127.0.0.1:4772" },
	])("passes as %j", async (sent) => {
		const harness = createGuarded();
		expect(
			(await harness.request({ url: "/ping", headers: { ...sent } })).status,
		).toBe(200);
	});

	test("has no pages: an HTML configuration that is opened in a tab is sandboxed", async () => {
		const harness = createGuarded();
		const url = "/applications/shop/environments/test/configurations/settings";
		const opened = await harness.request({
			url,
			headers: { "sec-fetch-site": "none", accept: "text/html" },
		});
		expect(opened.status).toBe(200);
		expect(opened.header("Content-Security-Policy")).toContain("sandbox");
		expect(opened.header("X-Content-Type-Options")).toBe("nosniff");
		const fetched = await harness.request({ url });
		expect(fetched.header("Content-Security-Policy")).toBeUndefined();
	});
});

describe("An extension", () => {
	const ORIGINS = [
		"chrome-extension://nmmhkkegccagdldgiimedpiccmgmieda",
		"moz-extension://6f1c7b1a-7f0e-4a9b-9c1e-0d7d3b1a2c3d",
		"safari-web-extension://6f1c7b1a-7f0e-4a9b-9c1e-0d7d3b1a2c3d",
	];

	test.each(ORIGINS)("of %s may read", async (origin) => {
		const harness = createGuarded();
		for (const url of ["/ping", "/applications", "/_emulator/clock"])
			expect((await call(harness, { url }, { origin })).status).toBe(200);
	});

	test.each(ORIGINS)(
		"of %s may write only with a header that needs a preflight",
		async (origin) => {
			const harness = createGuarded();
			for (const tried of WRITES) {
				for (const type of TYPES.slice(0, -1))
					expect(
						(await call(harness, tried, { ...type, origin })).status,
						JSON.stringify(type),
					).toBe(403);
				const reply = await call(harness, tried, { ...JSON_TYPE, origin });
				expect([200, 201]).toContain(reply.status);
			}
			const signed = await call(
				harness,
				{ method: "DELETE", url: "/_emulator/faults" },
				{ origin, "x-amz-date": "20260115T120000Z" },
			);
			expect(signed.status).toBe(200);
		},
	);
});

describe("--cors", () => {
	const asPage = { origin: PAGE, "sec-fetch-site": "same-site" };

	test("allows the named origins, and sends CORS headers to no others", async () => {
		const harness = createGuarded({
			corsOrigins: [PAGE, "https://shop.example"],
		});
		for (const tried of WRITES) {
			const reply = await call(harness, tried, { ...JSON_TYPE, ...asPage });
			expect([200, 201]).toContain(reply.status);
			expect(reply.header("Access-Control-Allow-Origin")).toBe(PAGE);
			expect(reply.header("Vary")).toBe("Origin");
		}
		for (const origin of ["http://localhost:3001", "https://localhost:3000"]) {
			const reply = await call(harness, { url: "/ping" }, { origin });
			expect(reply.status).toBe(403);
			expect(reply.header("Access-Control-Allow-Origin")).toBeUndefined();
			const preflight = { method: "OPTIONS", url: "/ping" };
			expect((await call(harness, preflight, { origin })).status).toBe(403);
		}
		const noCors = { "sec-fetch-site": "same-site" };
		expect((await call(harness, { url: "/ping" }, noCors)).status).toBe(403);
		const sdk = await call(harness, { url: "/ping" }, {});
		expect(sdk.status).toBe(200);
		expect(sdk.header("Access-Control-Allow-Origin")).toBeUndefined();
	});

	test("still requires the content type of a JSON body", async () => {
		const harness = createGuarded({ corsOrigins: ["*"] });
		for (const type of TYPES.slice(0, -1))
			expect(
				await call(
					harness,
					{ method: "POST", url: "/applications", body: toBody({ Name: "a" }) },
					{ ...type, ...asPage },
				),
			).toMatchObject({ status: 400 });
	});

	test("* allows every page", async () => {
		const harness = createGuarded({ corsOrigins: ["*"] });
		for (const sent of FOREIGN) {
			const reply = await call(harness, { url: "/ping" }, sent);
			expect(reply.status).toBe(200);
			expect(reply.header("Access-Control-Allow-Origin")).toBe("*");
		}
	});

	test.each([
		[["http://localhost:3000"], ["http://localhost:3000"]],
		[["HTTP://LocalHost:80/"], ["http://localhost"]],
		[
			["http://a.example,https://b.example:8443", "chrome-extension://abc"],
			["http://a.example", "https://b.example:8443", "chrome-extension://abc"],
		],
		[["*"], ["*"]],
	])("accepts %j", (values, origins) => {
		const args = values.flatMap((value) => ["--cors", value]);
		expect(parseOptions(args).emulator.corsOrigins).toEqual(origins);
	});

	test.each([
		["--cors"],
		["--cors", "--testing"],
		["--cors", "examples"],
		["--cors", "localhost:3000"],
		["--cors", "http://localhost:3000/app"],
		["--cors", "http://user@localhost:3000"],
		["--cors", "http://*.example"],
		["--cors", "null"],
		["--cors", "http://a.example,"],
		["--cors", "ftp://a.example"],
		["--cors", ","],
	])("refuses %s %s, and says what it accepts", (...args) => {
		expect(() => parseOptions(args)).toThrow(
			"--cors takes origins of web pages such as http://localhost:3000",
		);
	});
});

describe("A JSON body", () => {
	const bodies = WRITES.filter(({ body }) => body);

	test.each(bodies)(
		"of $method $url must be declared as JSON",
		async (tried) => {
			const harness = createGuarded();
			for (const type of TYPES.slice(0, -1)) {
				const reply = await call(harness, tried, type);
				expect(reply.status).toBe(400);
				expect(toText(reply.body)).toContain(
					"The Content-Type must be application/json",
				);
			}
			for (const type of [
				"application/json",
				"Application/JSON; charset=utf-8",
				"application/x-amz-json-1.1",
			]) {
				const again = createGuarded();
				const reply = await call(again, tried, { "content-type": type });
				expect([200, 201]).toContain(reply.status);
			}
		},
	);
});
