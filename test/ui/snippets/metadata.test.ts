import { expect, test } from "vitest";
import type { Version } from "../../../src/core/history/history.ts";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import {
	toMetadataJson,
	toMetadataText,
} from "../../../src/ui/snippets/metadata.ts";

const PROFILE: Profile = {
	id: "p" as ProfileId,
	name: "Shop settings",
	application: "storefront",
	environment: "production",
	configurationProfile: "settings",
	region: "eu-west-1",
};
const VERSION: Version = {
	number: 3,
	hash: "ab".repeat(32),
	contentType: "application/json",
	label: "spring-sale",
	size: 1234,
	receivedAt: Date.UTC(2026, 1, 3, 4, 5, 6),
	confirmedAt: Date.UTC(2026, 1, 3, 5, 0, 0),
	pinned: false,
};

test("the text has one fact per line, without those that are absent", () => {
	expect(toMetadataText(PROFILE, VERSION)).toBe(
		`Profile: Shop settings
Application: storefront
Environment: production
Configuration profile: settings
Region: eu-west-1
Version: 3
Version label: spring-sale
Content type: application/json
Size: 1,234 bytes
SHA-256: ${"ab".repeat(32)}
Received at: 2026-02-03T04:05:06.000Z
Last checked: 2026-02-03T05:00:00.000Z
`,
	);
});

test("the note is included, in the text on one line", () => {
	const version = { ...VERSION, note: "before\nthe sale" };
	expect(toMetadataText(PROFILE, version)).toContain("Note: before the sale\n");
	expect(JSON.parse(toMetadataJson(PROFILE, version)).note).toBe(
		"before\nthe sale",
	);
});

test("the JSON has the same facts as values", () => {
	const { label, ...unlabelled } = VERSION;
	expect(label).toBeDefined();
	const facts = JSON.parse(
		toMetadataJson(
			{ ...PROFILE, endpoint: "http://127.0.0.1:4772" },
			unlabelled,
		),
	);
	expect(facts).toEqual({
		profile: "Shop settings",
		application: "storefront",
		environment: "production",
		configurationProfile: "settings",
		region: "eu-west-1",
		endpoint: "http://127.0.0.1:4772",
		version: 3,
		contentType: "application/json",
		sizeBytes: 1234,
		sha256: "ab".repeat(32),
		receivedAt: "2026-02-03T04:05:06.000Z",
		lastCheckedAt: "2026-02-03T05:00:00.000Z",
	});
});
