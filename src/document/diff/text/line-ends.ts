// How the lines of a text end, and what a reader must be told when that changed.

export interface LineEnds {
	readonly style: "LF" | "CRLF" | "mixed" | "none";
	/** Whether the last line has a line feed. */
	readonly hasFinalLineFeed: boolean;
}

export function lineEndsOf(text: string): LineEnds {
	// Most texts have no carriage return, and then no line feed needs to be looked at.
	if (!text.includes("\r\n"))
		return {
			style: text.includes("\n") ? "LF" : "none",
			hasFinalLineFeed: text.endsWith("\n"),
		};
	let feeds = 0;
	let pairs = 0;
	for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
		feeds += 1;
		if (at > 0 && text.charCodeAt(at - 1) === 13) pairs += 1;
		// Mixed is mixed, however much follows.
		if (pairs > 0 && pairs < feeds) break;
	}
	const hasFinalLineFeed = text.endsWith("\n");
	return { style: pairs === feeds ? "CRLF" : "mixed", hasFinalLineFeed };
}

/** Sentences about line ends; empty when nothing about them changed. */
export function describeLineEndChanges(
	original: string,
	modified: string,
): readonly string[] {
	const [before, after] = [lineEndsOf(original), lineEndsOf(modified)];
	const sentences: string[] = [];
	if (
		before.style !== after.style &&
		before.style !== "none" &&
		after.style !== "none"
	)
		sentences.push(
			`Line endings changed from ${before.style} to ${after.style}.`,
		);
	if (
		before.hasFinalLineFeed !== after.hasFinalLineFeed &&
		original !== "" &&
		modified !== ""
	)
		sentences.push(
			after.hasFinalLineFeed
				? "The new version ends with a line feed, the old one does not."
				: "The old version ends with a line feed, the new one does not.",
		);
	return sentences;
}

/** The text with every CRLF written as LF, to compare what lines say. */
export function normalizeLineEnds(text: string): string {
	return text.replaceAll("\r\n", "\n");
}
