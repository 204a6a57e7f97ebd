// A piece of source text on a row: its style, and what cannot be seen in it made visible.
import { stretches } from "../../document/visible.ts";

export function Piece({ style, text }: { style: string; text: string }) {
	const content = <Visible text={text} />;
	return style ? <span class={style}>{content}</span> : content;
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
