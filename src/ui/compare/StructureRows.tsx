// The changes of two documents, value by value: where, what was there and what is there now.

import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { ForeignText } from "../components/ForeignText.tsx";
import { EscapedText } from "../components/text-spans.tsx";
import type { ChangeItem } from "../diff/messages.ts";
import { scrollToRow, VirtualList } from "../virtual-list/VirtualList.tsx";
import type { StepToChange } from "./ComparePane.tsx";
import { range } from "./TextRows.tsx";

export interface StructureRowsProps {
	readonly items: readonly ChangeItem[];
	readonly step: RefObject<StepToChange>;
	/** Shows where the value stands in the text; absent where the text on show is another one. */
	readonly onShow: ((item: ChangeItem) => void) | undefined;
}

export function StructureRows({ items, step, onShow }: StructureRowsProps) {
	const [current, setCurrent] = useState(-1);
	const scroller = useRef<HTMLDivElement>(null);
	step.current = (by) => {
		const { length } = items;
		if (length === 0) return;
		const next = (Math.max(current, by < 0 ? 0 : -1) + by + length) % length;
		setCurrent(next);
		if (scroller.current)
			scrollToRow(scroller.current, { row: next, count: length });
	};
	return (
		<VirtualList
			count={items.length}
			scroller={scroller}
			attributes={{
				role: "list",
				"aria-label": "Changed values",
				tabIndex: 0,
			}}
			rows={(first, behind) =>
				range(first, behind).map((index) => {
					const item = items[index];
					return (
						item && (
							<Item
								key={index}
								item={item}
								place={[index + 1, items.length]}
								isCurrent={index === current}
								onShow={onShow}
							/>
						)
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
	place: readonly [number, number];
	isCurrent: boolean;
	onShow: ((item: ChangeItem) => void) | undefined;
}) {
	const { item, place, isCurrent, onShow } = props;
	return (
		// biome-ignore lint/a11y/useSemanticElements: rows in sight lie in two more elements, so no <ul> can hold an <li>.
		<div
			role="listitem"
			aria-posinset={place[0]}
			aria-setsize={place[1]}
			class={`line item ${item.kind}${isCurrent ? " current" : ""}`}
		>
			<span class="sign" title={item.kind}>
				<span aria-hidden="true">{SIGNS[item.kind]}</span>
				<span class="unseen">{item.kind}</span>
			</span>
			{onShow ? (
				<button
					type="button"
					class="path"
					title="Show it in the text"
					onClick={() => onShow(item)}
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
					<EscapedText text={before} />
				</del>
			)}
			{before !== undefined && after !== undefined && (
				<span aria-hidden="true">→</span>
			)}
			{after !== undefined && (
				<ins class="value" title={longAfter && escapeInvisible(longAfter)}>
					<EscapedText text={after} />
				</ins>
			)}
		</>
	);
}
