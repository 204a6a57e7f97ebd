// The log as people and machines read it: a line per request, without tokens and without control characters.
import { describe, expect, test } from "vitest";
import { createLog, type LogFormat } from "../../src/emulator/shared/log.ts";
import { createHarness, NOON, poll, startSession } from "./harness.ts";

function createLines(format: LogFormat, colour = false) {
	const lines: string[] = [];
	const write = (line: string) => void lines.push(line);
	const now = () => NOON;
	return {
		lines,
		log: createLog({
			format,
			colour,
			errorColour: colour,
			write,
			writeError: write,
			now,
		}),
	};
}

async function work(format: LogFormat, colour = false) {
	const { lines, log } = createLines(format, colour);
	const file = "shop/test/settings.json";
	const harness = createHarness(
		{ [file]: "1", [`${file}.label`]: "spring" },
		{ log },
	);
	const first = await poll(harness, await startSession(harness));
	await poll(harness, first.header("Next-Poll-Configuration-Token") ?? "");
	return lines;
}

test("At a terminal each request is a line with profile and version", async () => {
	expect(await work("pretty")).toEqual([
		"12:00:00 201 session        shop/test/settings",
		expect.stringContaining("shop/test/settings version 1 spring, 1 bytes"),
		"12:00:00 200 version 1 spring shop/test/settings",
		"12:00:00 400 too early      shop/test/settings",
	]);
});

test("What the Agent's endpoints gave is told with its version, too", async () => {
	const { lines, log } = createLines("pretty");
	const harness = createHarness({ "shop/test/settings.json": "1" }, { log });
	await harness.request({
		url: "/applications/shop/environments/test/configurations/settings",
	});
	expect(lines.at(-1)).toBe("12:00:00 200 agent: version 1 shop/test/settings");
});

test("Too early stands out in colour", async () => {
	const lines = await work("pretty", true);
	expect(lines.at(-1)).toContain("\u001b[33m400 too early");
});

test("As JSON each line can be read by a machine, and no token is in it", async () => {
	const lines = (await work("json")).map((line) => JSON.parse(line));
	expect(lines.at(-1)).toMatchObject({
		method: "GET",
		path: "/configuration",
		status: 400,
		outcome: "too early",
		subject: "shop/test/settings",
	});
	expect(JSON.stringify(lines)).not.toContain("AYAD");
});

test("When only events are asked for, no request is told", async () => {
	expect(await work("events")).toHaveLength(1);
});

const HOSTILE = [
	"\u001b[2J",
	"\u0007",
	"\u007f",
	"\u009b31m",
	"\n12:00:00 forged",
	"\r",
	"\u2028",
	"\u2029",
	"\u200e",
	"\u200f",
	"\u061c",
	"\u202a",
	"\u202e",
	"\u2066",
	"\u2069",
	"\u200b",
	"\ufeff",
	"\ud800",
	"\u{e0041}",
];
const STEERING =
	/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u{e0041}]/u;

describe.each(HOSTILE)("A name with %j", (character) => {
	test.each(["pretty", "events", "json"] as const)(
		"cannot steer the terminal, and is told as an escape: %s",
		(format) => {
			const { lines, log } = createLines(format);
			log.event(`a${character}b`);
			log.error(`a${character}b`);
			log.request(
				{
					method: "GET",
					url: `/${character}?x`,
					headers: {},
					body: new Uint8Array(0),
				},
				{
					status: 200,
					headers: [],
					body: "",
					outcome: `version 1 ${character}`,
					subject: `shop/${character}/x`,
				},
				1,
			);
			expect(lines).toHaveLength(format === "events" ? 2 : 3);
			for (const line of lines) {
				expect(line).not.toMatch(STEERING);
				if (format === "json") {
					const { event, error, subject } = JSON.parse(line);
					const told = event ?? error ?? subject;
					expect(told).toContain(character);
				} else expect(line).toMatch(/\\u\{[0-9A-F]+\}/);
			}
		},
	);
});

test("Texts of other scripts and joined emoji stay as they are", () => {
	const { lines, log } = createLines("events");
	log.event("käse ☀ می‌خواهم 👩‍👩‍👧 日本語");
	expect(lines[0]).toContain("käse ☀ می‌خواهم 👩‍👩‍👧 日本語");
});
