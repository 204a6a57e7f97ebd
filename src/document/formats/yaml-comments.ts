import { EVENT_ID, type Event, type ScalarEvent } from "js-yaml";

/** In order, each from its number sign to the end of its line. */
export function commentsOf(
	text: string,
	events: readonly Event[],
): readonly string[] {
	const comments: string[] = [];
	const scalars = events.filter(
		(event): event is ScalarEvent =>
			event.type === EVENT_ID.SCALAR && event.valueStart >= 0,
	);
	let next = 0;
	for (let at = text.indexOf("#"); at >= 0; ) {
		while ((scalars[next]?.valueEnd ?? text.length) <= at) next += 1;
		const scalar = scalars[next];
		if (scalar && scalar.valueStart <= at) at = scalar.valueEnd;
		else if (at > 0 && !/\s/.test(text.charAt(at - 1))) at += 1;
		else {
			const end = endOfLine(text, at);
			comments.push(text.slice(at, end).trimEnd());
			at = end;
		}
		at = text.indexOf("#", at);
	}
	return comments;
}

function endOfLine(text: string, from: number): number {
	const end = text.indexOf("\n", from);
	return end < 0 ? text.length : end;
}
