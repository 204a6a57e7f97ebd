import { AppConfigDataClient } from "@aws-sdk/client-appconfigdata";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { usesOwnKeys } from "../../../src/core/connection/access-target.ts";
import type { ConnectionId } from "../../../src/core/connection/connection.ts";
import { getAccess } from "../../../src/core/connection/credential-provider.ts";
import {
	controlPlaneUrl,
	dataPlaneHost,
	hostPattern,
	isRegion,
	mayCarryCredentials,
	parseEndpoint,
	serviceHost,
} from "../../../src/core/connection/endpoint.ts";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import {
	AWS_OWN,
	DUMMY_KEYS,
	REFUSED,
} from "../../fixtures/hostile/endpoints.ts";
import { createTestRegistry } from "../../helpers/connection-registry.ts";

const REGIONS = [
	"us-east-1",
	"eu-west-1",
	"ap-southeast-7",
	"mx-central-1",
	"il-central-1",
	"cn-north-1",
	"cn-northwest-1",
	"us-gov-east-1",
	"us-gov-west-1",
	"eusc-de-east-1",
	"us-iso-east-1",
	"us-isob-east-1",
	"us-isof-south-1",
	"eu-isoe-west-1",
];

describe("an AWS Region", () => {
	it.each(REGIONS)("%s has the hosts that the SDK would call", (region) => {
		const { endpointProvider } = new AppConfigDataClient({ region }).config;
		const resolved = endpointProvider({ Region: region });
		const dualStack = endpointProvider({ Region: region, UseDualStack: true });
		const typed = parseEndpoint(dualStack.url.origin);
		if (!/iso/.test(region))
			expect(typed.ok && mayCarryCredentials(typed.value)).toBe(true);
		expect(isRegion(region)).toBe(true);
		expect(dataPlaneHost(region)).toBe(resolved.url.hostname);
	});

	it.each([
		"",
		"eu",
		"eu-west",
		"EU-WEST-1",
		"eu-west-1.evil.com",
		"eu_west_1",
	])("is not %j", (text) => expect(isRegion(text)).toBe(false));
});

describe("an endpoint", () => {
	it.each([
		["http://127.0.0.1:4772", "http://127.0.0.1:4772"],
		["HTTP://LocalHost:4772/", "http://localhost:4772"],
		[" https://appconfig.example.com ", "https://appconfig.example.com"],
		[
			"https://example.com:8443/Base/Path/",
			"https://example.com:8443/Base/Path",
		],
		["https://a-b.c-d.example", "https://a-b.c-d.example"],
	])("%j is %s", (typed, url) => {
		const parsed = parseEndpoint(typed);
		expect(parsed.ok && parsed.value.url).toBe(url);
	});

	it.each([
		"127.0.0.1:4772",
		"http://example.com",
		"http://127.0.0.1.example.com",
		"http://127.1",
		"http://0x7f000001",
		"http://2130706433",
		"http://localhost.",
		"http://[::1]:4772",
		"ftp://127.0.0.1",
		"https://user:pass@example.com",
		"https://example.com@evil.com",
		"https://example.com?x=1",
		"https://example.com#x",
		"https://exa mple.com",
		"https://example.com\\evil.com",
		"https://пример.рф",
		"https://example.com:0",
		"https://example.com:99999",
		"https://",
		"javascript:alert(1)",
		"https://%65xample.com",
		"https://example.com/..%2f",
	])("%j is refused with a sentence that says what to write", (typed) => {
		const parsed = parseEndpoint(typed);
		expect(parsed.ok).toBe(false);
		if (!parsed.ok) expect(parsed.error).toMatch(/^[A-Z].{15,}\.$/s);
	});

	it("is what the browser will call, for 5,000 generated addresses that are accepted", () => {
		const part = fc.constantFrom(
			"http",
			"https",
			"://",
			"127.0.0.1",
			"localhost",
			"amazonaws.com",
			".",
			":",
			"@",
			"/",
			"\\",
			"?",
			"#",
			"%2e",
			"80",
			"evil.com",
			"appconfigdata",
			"-",
			"..",
			" ",
			"[",
			"]",
			"é",
			"\t",
			"\n",
			"0x7f.1",
		);
		fc.assert(
			fc.property(
				fc.tuple(
					fc.constantFrom("http://", "https://", ""),
					fc.array(part, { maxLength: 8 }),
				),
				([scheme, parts]) => {
					const parsed = parseEndpoint(scheme + parts.join(""));
					if (!parsed.ok) return;
					const url = new URL(parsed.value.url);
					expect(url.protocol).toBe(`${parsed.value.scheme}:`);
					if (
						parsed.value.scheme === "http" ||
						mayCarryCredentials(parsed.value)
					)
						expect(url.hostname).toBe(parsed.value.host);
					expect(url.username + url.password + url.search + url.hash).toBe("");
				},
			),
			{ numRuns: 5_000 },
		);
	});

	it.each([
		["https://vpce-1.appconfigdata.us-east-1.vpce.amazonaws.com", true],
		["https://appconfigdata.cn-north-1.amazonaws.com.cn", true],
		["https://appconfigdata-fips.us-east-1.amazonaws.com", true],
		["https://appconfigdata.eu-west-1.api.aws", true],
		["https://appconfigdata-fips.us-east-1.api.aws", true],
		["https://appconfigdata.cn-north-1.api.amazonwebservices.com.cn", true],
		["https://abc123.execute-api.eu-west-1.amazonaws.com", false],
		["https://evil.us-east-1.elb.amazonaws.com", false],
		["https://mybucket.s3.amazonaws.com", false],
		["https://appconfigdata.s3.amazonaws.com", false],
		["https://appconfigdata.eu-west-1.s3.amazonaws.com", false],
		["https://evil.appconfigdata.eu-west-1.amazonaws.com", false],
		["https://appconfigdata.eu-west-1.vpce.amazonaws.com", false],
		["https://appconfigdata.eu-west-1.amazonaws.com.cn", false],
		["https://amazonaws.com.evil.com", false],
		["https://evilamazonaws.com", false],
		["https://amazonaws.com", false],
		["https://example.com", false],
		["http://127.0.0.1:4772", false],
	])("%s may carry real keys: %s", (typed, expected) => {
		const parsed = parseEndpoint(typed);
		expect(parsed.ok && mayCarryCredentials(parsed.value)).toBe(expected);
	});

	it.each([
		[undefined, "https://appconfig.eu-west-1.amazonaws.com"],
		[
			"https://appconfigdata-fips.eu-west-1.amazonaws.com",
			"https://appconfig-fips.eu-west-1.amazonaws.com",
		],
		[
			"https://appconfigdata.eu-west-1.api.aws",
			"https://appconfig.eu-west-1.api.aws",
		],
		[
			"https://vpce-1.appconfigdata.eu-west-1.vpce.amazonaws.com",
			"https://appconfig.eu-west-1.amazonaws.com",
		],
		["http://127.0.0.1:4772", "http://127.0.0.1:4772"],
	])("%s has the control plane %s", (endpoint, url) => {
		expect(controlPlaneUrl("eu-west-1", endpoint)).toBe(url);
	});

	it("gets real keys, dummy keys or is refused, as in a table of 200", async () => {
		expect(
			new Set([...AWS_OWN, ...DUMMY_KEYS, ...REFUSED]).size,
		).toBeGreaterThanOrEqual(200);
		for (const typed of AWS_OWN)
			expect([typed, await keysSent(typed)]).toEqual([typed, "real"]);
		for (const typed of DUMMY_KEYS)
			expect([typed, await keysSent(typed)]).toEqual([typed, "dummy"]);
		for (const typed of REFUSED)
			expect([typed, parseEndpoint(typed).ok]).toEqual([typed, false]);
	});

	it("gets real keys only on AppConfig's own hosts, for 5,000 generated ones", async () => {
		// In the order of AWS's own hosts, so that near misses are many and hits not few.
		const joined = fc.tuple(
			fc.constantFrom("", "", "vpce-1.", "vpce.", "evil.", "s3."),
			fc.constantFrom("appconfigdata.", "appconfigdata-fips.", "evil.", ""),
			fc.constantFrom(
				...["eu-west-1.", "cn-north-1.", "us-gov-west-1."],
				...["eusc-de-east-1.", "evil.", ""],
			),
			fc.constantFrom("", "", "vpce.", "s3.", "elb.", "evil.", "api."),
			fc.constantFrom(
				...["amazonaws.com", "amazonaws.com.cn", "amazonaws.eu", "api.aws"],
				...["amazonaws.com.evil.com", "evilamazonaws.com", "com", "aws"],
			),
		);
		const scheme = fc.constantFrom("https://", "https://", "http://");
		await fc.assert(
			fc.asyncProperty(scheme, joined, async (start, parts) => {
				const typed = start + parts.join("");
				// Told independently: by the address that a browser would call.
				const url = URL.canParse(typed) ? new URL(typed) : undefined;
				const isAppConfig =
					url?.protocol === "https:" && APPCONFIG_HOST.test(url.hostname);
				expect([typed, (await keysSent(typed)) === "real"]).toEqual([
					typed,
					isAppConfig,
				]);
			}),
			{
				numRuns: 5_000,
				examples: [
					["https://", ["", "appconfigdata.", "eu-west-1.", "", "api.aws"]],
					[
						"https://",
						[
							"vpce-1.",
							"appconfigdata.",
							"eu-west-1.",
							"vpce.",
							"amazonaws.com",
						],
					],
				],
			},
		);
	});

	it("needs the permission of one host, without a port", () => {
		expect(hostPattern("eu-west-1", undefined)).toBe(
			"https://appconfigdata.eu-west-1.amazonaws.com/*",
		);
		const parsed = parseEndpoint("http://localhost:4772/x");
		expect(parsed.ok && hostPattern("eu-west-1", parsed.value)).toBe(
			"http://localhost/*",
		);
	});
});

const APPCONFIG_HOST =
	/^(appconfigdata(-fips)?\.(eu-west-1\.(amazonaws\.com|api\.aws)|cn-north-1\.amazonaws\.com\.cn|us-gov-west-1\.(amazonaws\.com|api\.aws)|eusc-de-east-1\.amazonaws\.eu)|vpce-1\.appconfigdata(-fips)?\.(eu-west-1|us-gov-west-1)\.vpce\.amazonaws\.com|vpce-1\.appconfigdata(-fips)?\.cn-north-1\.vpce\.amazonaws\.com\.cn|vpce-1\.appconfigdata(-fips)?\.eusc-de-east-1\.vpce\.amazonaws\.eu)$/;

/** What the calls of a profile with this endpoint carry, by a connection that holds real keys. */
async function keysSent(typed: string): Promise<string> {
	const parsed = parseEndpoint(typed);
	if (!parsed.ok) return "none";
	const { registry } = createTestRegistry();
	const connection = {
		id: "c" as ConnectionId,
		name: "k",
		kind: "keys",
	} as const;
	const credentials = { accessKeyId: "REAL", secretAccessKey: "REAL" };
	registry.connections.set(connection.id, connection);
	registry.secrets.set(connection.id, {
		kind: "keys",
		lease: { credentials, receivedAt: 0 },
	});
	const profile: Profile & { connection: ConnectionId } = {
		id: "p" as ProfileId,
		name: "n",
		application: "a",
		environment: "e",
		configurationProfile: "c",
		region: "eu-west-1",
		endpoint: parsed.value.url,
		connection: connection.id,
	};
	const access = await getAccess(registry, profile);
	const { connection: _, ...own } = profile;
	// Keys given to the profile itself go where a connection's go.
	expect(usesOwnKeys(own)).toBe(
		access.ok &&
			access.value.kind === "aws" &&
			access.value.credentials === credentials,
	);
	return usesOwnKeys(own) ? "real" : "dummy";
}

describe("an AWS host", () => {
	it.each([
		"",
		"x",
		"evil.example/",
		"eu-west-1.evil.example",
		"eu-west-1/",
		"eu-west-1\n",
		"EU-WEST-1",
		"us-east-1#",
	])("is not made of the Region %j", (region) => {
		for (const service of ["sts", "oidc", "portal.sso", "appconfig"])
			expect(() => serviceHost(service, region)).toThrow(RangeError);
		expect(() => dataPlaneHost(region)).toThrow(RangeError);
	});
});
