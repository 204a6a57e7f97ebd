// Source text on a row, as what a row consists of: styled, what was found marked, what cannot be seen made visible.
// Functions rather than components: there are hundreds on a screen, drawn anew with every frame of scrolling.
import type { ComponentChild } from "preact";
import { stretches } from "../../document/visible.ts";

export interface PieceOptions {
	readonly style: string;
	/** Global; what it matches is marked. */
	readonly found?: RegExp | undefined;
}

export function piece(
	text: string,
	{ style, found }: PieceOptions,
): ComponentChild {
	const content = found ? marked(text, found) : visible(text);
	return style ? <span class={style}>{content}</span> : content;
}

export function visible(text: string): ComponentChild {
	const parts = stretches(text);
	if (parts.length === 1 && !parts[0]?.escape) return text;
	return parts.map((part) =>
		part.escape ? <span class="chip">{part.escape}</span> : part.text,
	);
}

function marked(text: string, found: RegExp): ComponentChild {
	const parts: ComponentChild[] = [];
	let from = 0;
	for (const { 0: match, index } of text.matchAll(found)) {
		if (match === "") continue;
		parts.push(visible(text.slice(from, index)), <mark>{visible(match)}</mark>);
		from = index + match.length;
	}
	parts.push(visible(text.slice(from)));
	return parts;
}

export function Visible({ text }: { text: string }) {
	return <>{visible(text)}</>;
}
