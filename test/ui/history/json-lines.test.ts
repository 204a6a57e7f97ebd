import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Version } from "../../../src/core/history/history.ts";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import { parseLine, toLine } from "../../../src/ui/history/json-lines.ts";

const PROFILE: Profile = {
	id: "p" as ProfileId,
	name: "Shop",
	application: "shop",
	environment: "test",
	configurationProfile: "settings",
	region: "eu-west-1",
};
const VERSION: Version = {
	number: 3,
	hash: "a".repeat(64),
	contentType: "application/json",
	label: "spring",
	size: 2,
	receivedAt: 1_764_000_000_123,
	confirmedAt: 1_764_000_100_456,
	pinned: true,
	note: "before the sale\nsecond line",
};

const encode = (text: string) => new TextEncoder().encode(text);

describe("a history as JSON Lines", () => {
	test("has one version a line, with text bodies and ISO 8601 times", () => {
		const line = toLine(PROFILE, { version: VERSION, body: encode("{}") });
		expect(line.match(/\n/g)).toHaveLength(1);
		expect(JSON.parse(line)).toMatchObject({
			application: "shop",
			number: 3,
			label: "spring",
			receivedAt: "2025-11-24T16:00:00.123Z",
			body: "{}",
		});
	});

	test("restores all bytes and metadata of a version", () => {
		const versions = fc.record({
			number: fc.integer({ min: 1 }),
			pinned: fc.boolean(),
			label: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
			note: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
			body: fc.oneof(
				fc.uint8Array(),
				fc.string({ unit: "binary" }).map(encode),
				fc.constant(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d)),
			),
		});
		fc.assert(
			fc.property(fc.array(versions, { minLength: 1 }), (all) => {
				const entries = all.map(({ body, label, note, ...rest }) => {
					const { label: _l, note: _n, ...base } = VERSION;
					const texts = { ...(label && { label }), ...(note && { note }) };
					const size = body.length;
					return { version: { ...base, ...rest, size, ...texts }, body };
				});
				const lines = entries.map((entry) => toLine(PROFILE, entry));
				expect(lines.map((line) => parseLine(line))).toEqual(
					entries.map((value) => ({ ok: true, value })),
				);
			}),
		);
	});

	test.each([
		["a line that is not JSON", "{", "not a JSON object"],
		["a line that is not a version", '{"a":1}\n', "no body"],
		[
			"a version without a body",
			'{"number":1,"hash":"a","contentType":"","receivedAt":"2026-01-01T00:00:00Z"}',
			"no body",
		],
		[
			"invalid Base64",
			'{"number":1,"hash":"a","contentType":"","receivedAt":"2026-01-01T00:00:00Z","base64":"%"}',
			"Base64 is damaged",
		],
		[
			"an invalid time",
			`{"number":1,"hash":"${"a".repeat(64)}","contentType":"","receivedAt":"soon","body":""}`,
			"its times are not ISO 8601",
		],
		["a truncated line", '{"number":1,"hash":"a', "not a JSON object"],
	])("refuses %s with the reason", (_, text, words) => {
		const parsed = parseLine(text);
		expect(parsed.ok ? "" : parsed.error).toContain(words);
	});
});
