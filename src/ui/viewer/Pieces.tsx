// Source text on a row, as what a row consists of: styled, what was found marked, what cannot be seen made visible.
// Functions rather than components: there are hundreds on a screen, drawn anew with every frame of scrolling.
import type { ComponentChild } from "preact";
import { endOfGrapheme, startOfGrapheme } from "../../document/graphemes.ts";
import { stretches } from "../../document/visible.ts";

export interface PieceOptions {
	readonly style: string;
	/** What is marked: by turns where it starts and where it ends, in the text. */
	readonly marks?: readonly number[] | undefined;
	/** Where the text stands in a longer one; its marks then tell in `data-start` where they start there. */
	readonly offset?: number | undefined;
}

export function piece(
	text: string,
	{ style, marks, offset }: PieceOptions,
): ComponentChild {
	const content = marks?.length ? marked(text, marks, offset) : visible(text);
	return style ? <span class={style}>{content}</span> : content;
}

export function visible(text: string): ComponentChild {
	const parts = stretches(text);
	if (parts.length === 1 && !parts[0]?.escape) return text;
	return parts.map((part) =>
		part.escape ? <span class="chip">{part.escape}</span> : part.text,
	);
}

/** Characters are marked as a whole: part of an emoji or a letter without its accent would be drawn as another one. */
export function marked(
	text: string,
	marks: readonly number[],
	offset?: number,
): ComponentChild {
	const parts: ComponentChild[] = [];
	let done = 0;
	for (let pair = 0; pair < marks.length; pair += 2) {
		const from = Math.max(done, startOfGrapheme(text, marks[pair] ?? 0));
		const to = endOfGrapheme(text, marks[pair + 1] ?? 0);
		if (to <= from) continue;
		parts.push(
			visible(text.slice(done, from)),
			<mark data-start={offset === undefined ? undefined : offset + from}>
				{visible(text.slice(from, to))}
			</mark>,
		);
		done = to;
	}
	parts.push(visible(text.slice(done)));
	return parts;
}

export function Visible({ text }: { text: string }) {
	return <>{visible(text)}</>;
}
