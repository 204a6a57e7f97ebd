// How wide the widest line of a text is, so that it can be scrolled to its end.
import type { CooperativeTask } from "../cooperative-task.ts";

/** So many lines are looked for at a time. */
const LINES_PER_STEP = 512;

/** Columns between tab stops; rows.css has the same. */
const TAB = 4;
/** Characters that take two columns, and halves of pairs. */
const WIDE = /[\u2e80-\uffff]/;

/** Columns of the widest line, without its line feed: at least `least`, at most those of its first `most` characters. */
export function* widestLine(
	text: string,
	[least, most]: readonly [number, number],
): CooperativeTask<number> {
	const isPlain = !text.includes("\t") && !WIDE.test(text);
	yield;
	const limit = isPlain ? most : most * TAB;
	let widest = least;
	let steps = 0;
	for (let start = 0; start < text.length && widest < limit; steps += 1) {
		if (steps % LINES_PER_STEP === LINES_PER_STEP - 1) yield;
		// Lines that end within the widest so far are passed over together.
		const passed = isPlain ? widest : Math.floor(widest / TAB);
		const last = text.lastIndexOf("\n", start + passed);
		if (last >= start) {
			start = last + 1;
			continue;
		}
		const feed = text.indexOf("\n", start + passed);
		const end = feed < 0 ? text.length : feed;
		const line = isPlain
			? end - start
			: columnsOf(text.slice(start, Math.min(end, start + most)));
		widest = Math.max(widest, line);
		start = end + 1;
	}
	return Math.min(widest, Math.max(least, limit));
}

export function columnsOf(line: string): number {
	let columns = 0;
	for (let at = 0; at < line.length; at += 1) {
		const code = line.charCodeAt(at);
		if (code === 9) columns += TAB - (columns % TAB);
		else columns += code < 0x2e80 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
	}
	return columns;
}
