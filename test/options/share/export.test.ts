import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type {
	Connection,
	ConnectionId,
} from "../../../src/core/connection/connection.ts";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import { SNAPSHOT_SCHEMA } from "../../../src/core/protocol/snapshot.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/shared/settings.ts";
import { EMPTY_PROFILE_FORM } from "../../../src/options/form/profile-form.ts";
import { toDiagnostics } from "../../../src/options/import-export/diagnostics.ts";
import { parseExport, toExport } from "../../../src/options/share/export.ts";

const CONNECTION: Connection = {
	id: "c1" as ConnectionId,
	name: "Work",
	kind: "identity-center",
	startUrl: "https://d-1234567890.awsapps.com/start",
	ssoRegion: "eu-west-1",
};
const PROFILE: Profile = {
	id: "p1" as ProfileId,
	name: "Canary name",
	application: "shop",
	environment: "prod",
	configurationProfile: "settings",
	region: "eu-west-1",
	connection: CONNECTION.id,
};
const EXPORT = toExport([PROFILE], [CONNECTION]);

/** Something in every field. */
const FULL = toExport(
	[
		{
			...PROFILE,
			endpoint: "http://127.0.0.1:4772",
			minimumPollIntervalSeconds: 15,
			context: ["a=b", "c=d"],
			flags: ["one", "two"],
		},
	],
	[
		{
			...CONNECTION,
			accountId: "123456789012",
			roleName: "Read",
			role: {
				arn: "arn:aws:iam::123456789012:role/read",
				region: "eu-west-1",
				externalId: "ext",
				mfaSerial: "arn:aws:iam::123456789012:mfa/anna",
			},
		},
	],
);
const SECRET = /accessKeyId|secretAccessKey|sessionToken|expiresAt/;

function text(name: string): string {
	return readFileSync(
		new URL(`../../../docs/${name}`, import.meta.url),
		"utf8",
	);
}

function read(name: string) {
	return JSON.parse(text(name));
}

describe("an export", () => {
	it("is read back as it was", () => {
		const parsed = parseExport(EXPORT);
		if (!parsed.ok) throw new Error(parsed.error);
		expect(parsed.value.profiles).toMatchObject([
			{ name: "Canary name", application: "shop", connection: "c1" },
		]);
		expect(parsed.value.connections.get("c1")).toMatchObject({
			kind: "identity-center",
			ssoRegion: "eu-west-1",
		});
	});

	it("conforms to the published schema, like the example in the docs", () => {
		const validate = new Ajv2020().compile(read("export.schema.json"));
		const documented = /```json\n([^`]+)```/.exec(text("export.md"))?.[1];
		for (const written of [EXPORT, FULL, documented ?? ""]) {
			validate(JSON.parse(written));
			expect(validate.errors).toBeNull();
			expect(parseExport(written)).toMatchObject({ ok: true });
		}
		const names = Object.keys(EMPTY_PROFILE_FORM).filter(
			(name) => !SECRET.test(name),
		);
		const { properties } = read("export.schema.json").$defs.profile;
		expect(Object.keys(properties).sort()).toEqual(names.sort());
	});

	it("of one profile contains only the connection that it uses", () => {
		const other = { ...CONNECTION, id: "c2" as ConnectionId, name: "Other" };
		expect(toExport([PROFILE], [CONNECTION, other])).not.toContain("Other");
	});

	it("is read without secrets that were added by hand", () => {
		const value = JSON.parse(EXPORT);
		value.profiles[0].secretAccessKey = "canary";
		value.connections.c1.bearerToken = "canary";
		const parsed = parseExport(JSON.stringify(value));
		if (!parsed.ok) throw new Error(parsed.error);
		expect(
			JSON.stringify([parsed.value.profiles, [...parsed.value.connections]]),
		).not.toContain("canary");
	});

	it.each([
		["", "not an export"],
		["{}", "not an export"],
		["[1]", "not an export"],
		[EXPORT.replace('"version": 1', '"version": 2'), "newer version"],
		[EXPORT.replace('"eu-west-1"', '"nowhere"'), "Nothing was imported."],
		[EXPORT.replace('"c1"', '"c9"'), "a connection that is not in the file"],
		[EXPORT.replace("https://d-", "http://d-"), "Nothing was imported."],
		[EXPORT.replace('"shop"', "7"), "cannot be read"],
	])(
		"that is damaged or foreign is refused with a reason (%#)",
		(text, why) => {
			const parsed = parseExport(text);
			expect(parsed).toMatchObject({ ok: false });
			expect(parsed.ok ? "" : parsed.error).toContain(why);
		},
	);

	it("never throws, whatever was changed in it", () => {
		fc.assert(
			fc.property(
				fc.nat(EXPORT.length - 1),
				fc.string({ maxLength: 3 }),
				(at, text) => {
					parseExport(EXPORT.slice(0, at) + text + EXPORT.slice(at + 1));
				},
			),
			{ numRuns: 2_000 },
		);
	});
});

describe("consent to send keys to a host", () => {
	const consented: Connection = {
		id: "c3" as ConnectionId,
		name: "Gateway",
		kind: "endpoint",
		endpoint: "https://appconfig.example.com",
		consent: "appconfig.example.com",
	};

	it("is never exported or shared", () => {
		for (const profiles of [[], [{ ...PROFILE, connection: consented.id }]])
			expect(toExport(profiles, [consented])).not.toContain("consent");
	});

	it.each([
		"appconfig.example.com",
		"APPCONFIG.example.com",
		"another.example.com",
	])("%s in a file gives the imported connection none", (consent) => {
		const value = JSON.parse(toExport([], [consented]));
		value.connections.c3.consent = consent;
		const parsed = parseExport(JSON.stringify(value));
		if (!parsed.ok) throw new Error(parsed.error);
		expect(parsed.value.connections.get("c3")).toEqual({
			kind: "endpoint",
			name: "Gateway",
			endpoint: "https://appconfig.example.com",
		});
	});
});

describe("diagnostics", () => {
	it("contain states and counts, but nothing that the user has named or received", () => {
		const text = toDiagnostics(
			{
				schema: SNAPSHOT_SCHEMA,
				takenAt: 10_000,
				profiles: [
					{
						profile: { ...PROFILE, endpoint: "https://canary.example.com" },
						paused: false,
						phase: "resting",
						dueAt: 40_000,
						intervalSeconds: 60,
						fault: {
							kind: "access-denied",
							operation: "GetLatestConfiguration",
							at: 5_000,
							detail: "canary detail",
							requestId: "canary-request",
						},
						versions: [
							{
								number: 1,
								hash: "ca".repeat(32),
								contentType: 'application/json; name="canary"',
								label: "canary",
								size: 12,
								receivedAt: 1,
								confirmedAt: 2,
								pinned: false,
							},
						],
						failureCount: 0,
						versionCount: 1,
						versionBytes: 12,
						lastSeenNumber: 1,
						usage: { since: 0, calls: 0, received: 0 },
						takesCredentials: true,
						accessKeyHint: "AKIA…CANA",
					},
				],
				connections: [
					{
						connection: { ...CONNECTION, accountId: "123456789012" },
						status: "ok",
						keyHint: "ASIA…CANA",
						accountId: "123456789012",
						hasSecret: true,
					},
				],
				vault: { status: "locked" },
				settings: DEFAULT_SETTINGS,
				problems: ["canary problem"],
			},
			{ version: "1.0", userAgent: "Chrome" },
		);
		expect(text).not.toMatch(/canary|CANA|shop|settings|1234567890|caca/i);
		expect(JSON.parse(text)).toMatchObject({
			vault: "locked",
			profiles: [
				{
					phase: "resting",
					dueInSeconds: 30,
					fault: { kind: "access-denied", secondsAgo: 5 },
					newest: { contentType: "application/json", hasLabel: true },
				},
			],
			connections: [{ kind: "identity-center", status: "ok" }],
		});
	});
});
