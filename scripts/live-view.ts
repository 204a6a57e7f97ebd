// `npm start` without a display: one line per profile in the terminal, and one more whenever a version arrives.
import type {
	ProfileSnapshot,
	Snapshot,
} from "../src/core/protocol/snapshot.js";
import { visible } from "./visible.ts";

export interface LiveView {
	show(snapshot: Snapshot): void;
	/** Updates the countdowns. Call it once a second. */
	tick(): void;
	/** Prints a line of its own. Control characters are escaped. */
	say(line: string): void;
}

export interface LiveViewOptions {
	readonly write: (text: string) => void;
	/** On a terminal the view is redrawn in place; elsewhere lines are appended. */
	readonly isTerminal: boolean;
	readonly now: () => number;
	readonly onNewVersion: () => void;
}

const UP_AND_CLEAR = "\u001b[1A\u001b[2K";

export function createLiveView(options: LiveViewOptions): LiveView {
	const { write, isTerminal, now } = options;
	const newest = new Map<string, number>();
	let current: Snapshot | undefined;
	let drawn = 0;
	let hasNews = false;

	function erase(): void {
		write(UP_AND_CLEAR.repeat(drawn));
		drawn = 0;
	}
	function say(line: string): void {
		erase();
		write(`${visible(line)}\n`);
	}
	function draw(): void {
		if (!current) return;
		erase();
		const lines = toTable(current, now());
		write(lines.map((line) => `${line}\n`).join(""));
		if (isTerminal) drawn = lines.length;
	}
	// Appended lines are never redrawn: print the whole table when a version arrives, otherwise the countdowns alone.
	function tick(): void {
		if (isTerminal || hasNews) draw();
		else if (current) write(`${toLine(current, now())}\n`);
		hasNews = false;
	}
	function announce(profile: ProfileSnapshot): void {
		const { id, name } = profile.profile;
		const version = profile.versions[0];
		if (!version || newest.get(id) === version.number) return;
		newest.set(id, version.number);
		hasNews = true;
		const label = version.label === undefined ? "" : ` (${version.label})`;
		say(
			`→ ${name}: version ${version.number}${label} arrived, ${version.size} bytes`,
		);
		options.onNewVersion();
	}

	return {
		say,
		show: (snapshot) => {
			current = snapshot;
			for (const profile of snapshot.profiles) announce(profile);
			if (isTerminal) draw();
		},
		tick,
	};
}

const COLUMNS = ["profile", "content type", "label", "version", "next poll"];

function toLine(snapshot: Snapshot, now: number): string {
	const polls = snapshot.profiles.map(
		(profile) => `${profile.profile.name} ${nextPoll(profile, now)}`,
	);
	return visible(`next poll: ${polls.join(" · ")}`);
}

function toTable(snapshot: Snapshot, now: number): readonly string[] {
	const rows = snapshot.profiles.map((profile) => toRow(profile, now));
	const table = [COLUMNS, ...rows];
	const widths = COLUMNS.map((_, column) =>
		Math.max(...table.map((row) => (row[column] ?? "").length)),
	);
	return table.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join("  ")
			.trimEnd(),
	);
}

function toRow(profile: ProfileSnapshot, now: number): readonly string[] {
	const version = profile.versions[0];
	return [
		profile.profile.name,
		version?.contentType ?? "–",
		version?.label ?? "–",
		version ? String(version.number) : "–",
		nextPoll(profile, now),
	].map(visible);
}

function nextPoll(profile: ProfileSnapshot, now: number): string {
	const { paused, phase, dueAt, fault } = profile;
	if (paused) return "paused";
	const trouble = fault ? ` (${fault.kind})` : "";
	if (dueAt === undefined) return `${phase}${trouble}`;
	const seconds = Math.max(0, Math.ceil((dueAt - now) / 1_000));
	return `in ${seconds} s${trouble}`;
}
