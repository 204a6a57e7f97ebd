// A piece of source text on a row: its style, what was found in it, and what cannot be seen in it made visible.
import { stretches } from "../../document/visible.ts";

export interface PieceProps {
	readonly style: string;
	readonly text: string;
	/** Global; what it matches is marked. */
	readonly found?: RegExp | undefined;
}

export function Piece({ style, text, found }: PieceProps) {
	const content = found ? marked(text, found) : <Visible text={text} />;
	return style ? <span class={style}>{content}</span> : <>{content}</>;
}

export function Visible({ text }: { text: string }) {
	return (
		<>
			{stretches(text).map((stretch) =>
				stretch.escape ? (
					<span class="chip">{stretch.escape}</span>
				) : (
					stretch.text
				),
			)}
		</>
	);
}

function marked(text: string, found: RegExp) {
	const parts = [];
	let from = 0;
	for (const match of text.matchAll(found)) {
		if (match[0] === "") continue;
		const end = match.index + match[0].length;
		parts.push(
			<Visible text={text.slice(from, match.index)} />,
			<mark>
				<Visible text={match[0]} />
			</mark>,
		);
		from = end;
	}
	parts.push(<Visible text={text.slice(from)} />);
	return parts;
}
