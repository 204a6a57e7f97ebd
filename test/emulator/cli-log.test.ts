// How the command's log looks: at a terminal, into a pipe, with colours forbidden or forced.
import { expect, test } from "vitest";
import { createCliLog } from "../../src/emulator/cli/cli-log.ts";
import type { LogFormat } from "../../src/emulator/shared/log.ts";
import { createHarness, poll, startSession } from "./harness.ts";

const TOO_EARLY_IN_YELLOW = "\u001b[33m400 too early";

interface Where {
	readonly terminal: boolean;
	readonly env?: Record<string, string>;
	readonly asked?: LogFormat;
}

function createOutput(isTTY: boolean) {
	const lines: string[] = [];
	const failing: (() => void)[] = [];
	return {
		isTTY,
		lines,
		write: (text: string) => void lines.push(text),
		on: (_: "error", listener: () => void) => void failing.push(listener),
		fail: () => {
			if (failing.length === 0) throw new Error("Nobody minds errors");
			for (const listener of failing) listener();
		},
	};
}

/** The lines of a session, a poll, one that is too early, and an error. */
async function work({ terminal, env = {}, asked }: Where) {
	const out = createOutput(terminal);
	const errors = createOutput(false);
	const log = createCliLog(asked, { out, errors, env });
	const harness = createHarness({ "shop/test/settings.json": "1" }, { log });
	const first = await poll(harness, await startSession(harness));
	await poll(harness, first.header("Next-Poll-Configuration-Token") ?? "");
	log.error("lost");
	return { lines: out.lines, errors: errors.lines };
}

test("A terminal is given a coloured line for each request, and errors led elsewhere have no colour", async () => {
	const { lines, errors } = await work({ terminal: true });
	expect(lines).toHaveLength(4);
	expect(lines.at(-1)).toContain(TOO_EARLY_IN_YELLOW);
	expect(errors[0]).toMatch(/^\d\d:\d\d:\d\d lost\n$/);
});

test.each([{ NO_COLOR: "1" }, { FORCE_COLOR: "0" }, { TERM: "dumb" }])(
	"A terminal with %j is given the same lines without colour",
	async (env) => {
		const { lines } = await work({ terminal: true, env });
		expect(lines.at(-1)).toContain("400 too early");
		expect(lines.join("")).not.toContain("\u001b");
	},
);

test.each([{}, { FORCE_COLOR: "1" }])(
	"A pipe is given a JSON object for each request, with %j as well",
	async (env) => {
		const { lines } = await work({ terminal: false, env });
		const objects = lines.map((line) => JSON.parse(line));
		expect(objects).toHaveLength(4);
		expect(objects.at(-1)).toMatchObject({ outcome: "too early", status: 400 });
		expect(lines.every((line) => line.endsWith("}\n"))).toBe(true);
	},
);

test("Lines to read are without colour in a pipe, unless it is forced", async () => {
	const piped = { terminal: false, asked: "pretty" } as const;
	const plain = await work(piped);
	expect(plain.lines.join("")).not.toContain("\u001b");
	const forced = await work({
		...piped,
		env: { FORCE_COLOR: "1", NO_COLOR: "1" },
	});
	expect(forced.lines.at(-1)).toContain(TOO_EARLY_IN_YELLOW);
});

test("A terminal is given JSON, or only what happens to files, when that is asked for", async () => {
	const json = await work({ terminal: true, asked: "json" });
	expect(JSON.parse(json.lines.at(-1) ?? "")).toMatchObject({ status: 400 });
	const events = await work({ terminal: true, asked: "events" });
	expect(events.lines).toHaveLength(1);
});

test("A reader that has gone away is minded by nobody", () => {
	const out = createOutput(false);
	createCliLog(undefined, { out, errors: createOutput(false), env: {} });
	expect(out.fail).not.toThrow();
});
