// Text on show as it came: finding in it, and wrapping of its lines.
import type { ComponentChildren } from "preact";
import { useCallback, useState } from "preact/hooks";
import type { DocumentKind } from "../../document/kind.ts";
import { decode } from "./decode.ts";
import { FindBar } from "./FindBar.tsx";
import { TextView } from "./TextView.tsx";
import type { FindControl } from "./use-find-control.tsx";
import { useTextFind } from "./use-text-find.ts";

export interface TextPaneProps {
	readonly body: Uint8Array;
	readonly kind: DocumentKind;
	readonly viewSwitch: ComponentChildren;
	readonly find: FindControl;
}

export function TextPane({ body, kind, viewSwitch, find }: TextPaneProps) {
	const [wrap, setWrap] = useState(true);
	const [position, setPosition] = useState(-1);
	const text = useCallback(() => decode(body).text, [body]);
	const found = useTextFind(
		text,
		find.isOpen ? find.form : undefined,
		position,
	);
	const total = found.starts.length;
	const step = (direction: 1 | -1) => {
		if (total === 0) return;
		const from = position < 0 && direction === -1 ? 0 : found.position;
		setPosition((from + direction + total) % total);
	};
	return (
		<>
			<div class="views">
				{viewSwitch}
				<button
					type="button"
					class="toggle"
					aria-pressed={wrap}
					onClick={() => setWrap(!wrap)}
				>
					Wrap
				</button>
				{find.button}
			</div>
			{find.isOpen && (
				<FindBar
					form={find.form}
					onChange={(form) => {
						setPosition(-1);
						find.change(form);
					}}
					total={total}
					position={found.position}
					trouble={found.trouble}
					onStep={step}
					canFilter={false}
					onClose={find.close}
				/>
			)}
			<TextView body={body} kind={kind} found={found} wrap={wrap} />
		</>
	);
}
