// The log as people and machines read it: a line per request, without tokens and without control characters.
import { expect, test } from "vitest";
import { createLog, type LogFormat } from "../../src/emulator/log.ts";
import { createDesk, NOON, poll, startSession } from "./desk.ts";

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
	const desk = createDesk(
		{ [file]: "1", [`${file}.label`]: "spring" },
		{ log },
	);
	const first = await poll(desk, await startSession(desk));
	await poll(desk, first.header("Next-Poll-Configuration-Token") ?? "");
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
	const desk = createDesk({ "shop/test/settings.json": "1" }, { log });
	await desk.call({
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

test("A name cannot rewrite the terminal", () => {
	const { lines, log } = createLines("events");
	log.event("\u001b[2J gone");
	expect(lines[0]).not.toContain("\u001b");
});
