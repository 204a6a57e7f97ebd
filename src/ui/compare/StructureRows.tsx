import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { highlight } from "../../document/formats/highlight.ts";
import { ForeignText } from "../components/ForeignText.tsx";
import { EscapedText, styledText } from "../components/text-spans.tsx";
import type { ChangeItem } from "../diff/messages.ts";
import { CompareRows, scrollToCompareRow } from "./CompareRows.tsx";
import type { StepToChange } from "./CompareToolbar.tsx";

export interface StructureRowsProps {
	readonly items: readonly ChangeItem[];
	/** Whether to break long rows, if there are few enough. */
	readonly wrap: boolean;
	/** Set to the function that goes from change to change. */
	readonly step: RefObject<StepToChange>;
	/** Shows a value in the text; absent when the text is not the one that was compared by value. */
	readonly onShowInText: ((item: ChangeItem) => void) | undefined;
}

export function StructureRows({
	items,
	wrap,
	step,
	onShowInText,
}: StructureRowsProps) {
	const [current, setCurrent] = useState(-1);
	const scroller = useRef<HTMLDivElement>(null);
	step.current = (by) => {
		const { length } = items;
		if (length === 0) return;
		const next = (Math.max(current, by < 0 ? 0 : -1) + by + length) % length;
		setCurrent(next);
		if (scroller.current)
			scrollToCompareRow(scroller.current, { row: next, count: length });
	};
	return (
		<CompareRows
			wrap={wrap}
			count={items.length}
			scroller={scroller}
			attributes={{
				role: "list",
				"aria-label": "Changed values",
				tabIndex: 0,
			}}
			renderRows={({ first, end }) =>
				items.slice(first, end).map((item, offset) => {
					const index = first + offset;
					return (
						<Item
							key={index}
							item={item}
							position={index + 1}
							count={items.length}
							isCurrent={index === current}
							onShowInText={onShowInText}
						/>
					);
				})
			}
		/>
	);
}

const SIGNS: Readonly<Record<ChangeItem["kind"], string>> = {
	added: "+",
	removed: "−",
	changed: "~",
	moved: "↕",
};

function Item(props: {
	item: ChangeItem;
	/** From 1. */
	position: number;
	count: number;
	isCurrent: boolean;
	onShowInText: ((item: ChangeItem) => void) | undefined;
}) {
	const { item, position, count, isCurrent, onShowInText } = props;
	return (
		// biome-ignore lint/a11y/useSemanticElements: the virtual list wraps its rows in two more elements, so a <ul> could not contain an <li>.
		<div
			role="listitem"
			aria-posinset={position}
			aria-setsize={count}
			class={isCurrent ? "line item current" : "line item"}
			data-kind={item.kind}
		>
			<span class="sign" title={item.kind}>
				<span aria-hidden="true">{SIGNS[item.kind]}</span>
				<span class="visually-hidden">{item.kind}</span>
			</span>
			{onShowInText ? (
				<button
					type="button"
					class="path"
					title="Show in the text"
					onClick={() => onShowInText(item)}
				>
					<bdi dir="ltr">
						<EscapedText text={item.path} />
					</bdi>
				</button>
			) : (
				<span class="path">
					<bdi dir="ltr">
						<EscapedText text={item.path} />
					</bdi>
				</span>
			)}
			<Values item={item} />
			{item.note && (
				<span class="note">
					<ForeignText text={item.note} />
				</span>
			)}
		</div>
	);
}

function Values({ item }: { item: ChangeItem }) {
	const { kind, before, after, longBefore = before, longAfter = after } = item;
	if (kind === "moved")
		return (
			<span class="value" title={longAfter && escapeInvisible(longAfter)}>
				<EscapedText text={after ?? ""} />
			</span>
		);
	return (
		<>
			{before !== undefined && (
				<del class="value" title={longBefore && escapeInvisible(longBefore)}>
					{styledValue(before)}
				</del>
			)}
			{before !== undefined && after !== undefined && (
				<span aria-hidden="true">→</span>
			)}
			{after !== undefined && (
				<ins class="value" title={longAfter && escapeInvisible(longAfter)}>
					{styledValue(after)}
				</ins>
			)}
		</>
	);
}

/** In the colours of the syntax. */
function styledValue(value: string) {
	return highlight(value, "json").map(([style, text]) =>
		styledText(text, { style }),
	);
}
