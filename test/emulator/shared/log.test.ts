import { describe, expect, test } from "vitest";
import { createLog, type LogFormat } from "../../../src/emulator/shared/log.ts";
import { createHarness, NOON, poll, startSession } from "../harness.ts";

interface LogTest {
	readonly isTTY: boolean;
	readonly env?: Record<string, string>;
	readonly format?: LogFormat;
}

function createOutput(isTTY: boolean) {
	const lines: string[] = [];
	const errorListeners: (() => void)[] = [];
	return {
		isTTY,
		lines,
		write: (text: string) => void lines.push(text),
		on: (_: "error", listener: () => void) =>
			void errorListeners.push(listener),
		emitError: () => {
			if (errorListeners.length === 0) throw new Error("No error listener");
			for (const listener of errorListeners) listener();
		},
	};
}

function openLog({ isTTY, env = {}, format }: LogTest) {
	const out = createOutput(isTTY);
	const errors = createOutput(false);
	const log = createLog({ format, out, errors, env, now: () => NOON });
	return { log, lines: out.lines, errors: errors.lines };
}

/** The log of a session, a poll, a poll that is too early, and an error. */
async function logSession(options: LogTest) {
	const { log, lines, errors } = openLog(options);
	const file = "shop/test/settings.json";
	const harness = createHarness(
		{ [file]: "1", [`${file}.label`]: "spring" },
		{ log },
	);
	const first = await poll(harness, await startSession(harness));
	await poll(harness, first.header("Next-Poll-Configuration-Token") ?? "");
	log.error("lost");
	return { lines, errors };
}

const TOO_EARLY_IN_YELLOW = "\u001b[33m400 too early";

describe("Format", () => {
	test("pretty: a line per request with profile and version", async () => {
		const { lines } = await logSession({ isTTY: false, format: "pretty" });
		expect(lines).toEqual([
			"12:00:00 201 session        shop/test/settings\n",
			expect.stringContaining("shop/test/settings version 1 spring, 1 bytes"),
			"12:00:00 200 version 1 spring shop/test/settings\n",
			"12:00:00 400 too early      shop/test/settings\n",
		]);
	});

	test("pretty: a request to an Agent endpoint shows the version", async () => {
		const { log, lines } = openLog({ isTTY: false, format: "pretty" });
		const harness = createHarness({ "shop/test/settings.json": "1" }, { log });
		await harness.request({
			url: "/applications/shop/environments/test/configurations/settings",
		});
		expect(lines.at(-1)).toBe(
			"12:00:00 200 agent: version 1 shop/test/settings\n",
		);
	});

	test("json: an object per line, without tokens", async () => {
		const { lines } = await logSession({ isTTY: true, format: "json" });
		const objects = lines.map((line) => JSON.parse(line));
		expect(objects.at(-1)).toMatchObject({
			method: "GET",
			path: "/configuration",
			status: 400,
			outcome: "too early",
			subject: "shop/test/settings",
		});
		expect(JSON.stringify(objects)).not.toContain("AYAD");
	});

	test("events: no requests", async () => {
		const { lines } = await logSession({ isTTY: true, format: "events" });
		expect(lines).toHaveLength(1);
	});
});

describe("Default format and colors", () => {
	test("a terminal gets colored lines; redirected errors have no color", async () => {
		const { lines, errors } = await logSession({ isTTY: true });
		expect(lines).toHaveLength(4);
		expect(lines.at(-1)).toContain(TOO_EARLY_IN_YELLOW);
		expect(errors[0]).toMatch(/^\d\d:\d\d:\d\d lost\n$/);
	});

	test.each([{ NO_COLOR: "1" }, { FORCE_COLOR: "0" }, { TERM: "dumb" }])(
		"a terminal with %j gets lines without color",
		async (env) => {
			const { lines } = await logSession({ isTTY: true, env });
			expect(lines.at(-1)).toContain("400 too early");
			expect(lines.join("")).not.toContain("\u001b");
		},
	);

	test.each([{}, { FORCE_COLOR: "1" }])(
		"a pipe gets a JSON object per request, with environment %j",
		async (env) => {
			const { lines } = await logSession({ isTTY: false, env });
			const objects = lines.map((line) => JSON.parse(line));
			expect(objects).toHaveLength(4);
			expect(objects.at(-1)).toMatchObject({
				outcome: "too early",
				status: 400,
			});
			expect(lines.every((line) => line.endsWith("}\n"))).toBe(true);
		},
	);

	test("readable lines in a pipe have color only with FORCE_COLOR", async () => {
		const piped = { isTTY: false, format: "pretty" } as const;
		const plain = await logSession(piped);
		expect(plain.lines.join("")).not.toContain("\u001b");
		const forced = await logSession({
			...piped,
			env: { FORCE_COLOR: "1", NO_COLOR: "1" },
		});
		expect(forced.lines.at(-1)).toContain(TOO_EARLY_IN_YELLOW);
	});
});

test("An error of the output stream, as from a closed pipe, is ignored", () => {
	const out = createOutput(false);
	createLog({ out, errors: createOutput(false) });
	expect(out.emitError).not.toThrow();
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
const INVISIBLE =
	/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u{e0041}]/u;

describe.each(HOSTILE)("A name with %j", (character) => {
	test.each(["pretty", "events", "json"] as const)(
		"is printed with an escape in format %s",
		(format) => {
			const { log, lines, errors } = openLog({ isTTY: false, format });
			log.event(`a${character}b`);
			log.error(`a${character}b`);
			log.request({
				method: "GET",
				path: `/${character}`,
				status: 200,
				outcome: `version 1 ${character}`,
				subject: `shop/${character}/x`,
				milliseconds: 1,
			});
			const all = [...lines, ...errors];
			expect(all).toHaveLength(format === "events" ? 2 : 3);
			for (const line of all.map((text) => text.replace(/\n$/, ""))) {
				expect(line).not.toMatch(INVISIBLE);
				if (format === "json") {
					const { event, error, subject } = JSON.parse(line);
					expect(event ?? error ?? subject).toContain(character);
				} else expect(line).toMatch(/\\u\{[0-9A-F]+\}/);
			}
		},
	);
});

test("Text in other scripts and joined emoji are printed unchanged", () => {
	const { log, lines } = openLog({ isTTY: false, format: "events" });
	log.event("käse ☀ می‌خواهم 👩‍👩‍👧 日本語");
	expect(lines[0]).toContain("käse ☀ می‌خواهم 👩‍👩‍👧 日本語");
});
