import { describe, expect, test } from "vitest";
import { createLiveView } from "../../scripts/live-view.ts";
import { visible } from "../../scripts/visible.ts";
import type { Snapshot } from "../../src/core/protocol/snapshot.ts";
import { escapeInvisible as visibleOfEmulator } from "../../src/emulator/shared/escape-invisible.ts";

const HOSTILE = "\u001b[2J\u202egpj\u2066\u200f\u009b31m\nforged\u2028";

function snapshotOf(text: string): Snapshot {
	return {
		profiles: [
			{
				profile: { id: "p", name: `shop ${text}` },
				paused: false,
				phase: "waiting",
				dueAt: 5_000,
				versions: [
					{ number: 1, label: text, contentType: `text/${text}`, size: 1 },
				],
			},
		],
	} as unknown as Snapshot;
}

describe.each([true, false])("The live view, terminal: %s", (isTerminal) => {
	test("draws names, labels, types and lines of others without what would steer the terminal", () => {
		const written: string[] = [];
		const view = createLiveView({
			write: (text) => written.push(text),
			isTerminal,
			now: () => 0,
			onNewVersion: () => {},
		});
		view.show(snapshotOf(HOSTILE));
		view.tick();
		view.tick();
		view.say(`the emulator says ${HOSTILE}`);
		const text = written
			.join("")
			// The view's own: a line up, cleared.
			.replaceAll("\u001b[1A\u001b[2K", "");
		expect(text).not.toMatch(
			/[^\n\P{Cc}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]/u,
		);
		expect(text).toContain("\\u{1B}[2J\\u{202E}gpj");
		expect(text).not.toMatch(/^forged/m);
		expect(text).toContain(`the emulator says \\u{1B}`);
	});

	test("keeps its columns under names of every length", () => {
		const written: string[] = [];
		const view = createLiveView({
			write: (text) => written.push(text),
			isTerminal,
			now: () => 0,
			onNewVersion: () => {},
		});
		view.show(snapshotOf("\u202e"));
		view.tick();
		const [head = "", row = ""] = written
			.join("")
			.split("\n")
			.filter((line) => /profile {2}|shop \\u\{202E\} {2}/.test(line));
		expect(row.indexOf("text/")).toBe(head.indexOf("content type"));
	});
});

test("Scripts and emulator show the same characters as escapes", () => {
	const others: number[] = [];
	for (let code = 0; code <= 0x10ffff; code += 1) {
		const character = String.fromCodePoint(code);
		if (visible(character) !== visibleOfEmulator(character)) others.push(code);
	}
	expect(others).toEqual([]);
});
