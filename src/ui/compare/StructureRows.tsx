// The changes of two documents, value by value: where, what was there and what is there now.

import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { escapeInvisible } from "../../core/foreign-text.ts";
import { ForeignText } from "../components/ForeignText.tsx";
import { Visible } from "../components/text-spans.tsx";
import { showRow, Windowed } from "../virtual-list/VirtualList.tsx";
import type { StepTo } from "./ComparePane.tsx";
import type { StructureItem } from "./messages.ts";
import { range } from "./TextRows.tsx";

export interface StructureRowsProps {
	readonly items: readonly StructureItem[];
	readonly step: RefObject<StepTo>;
	/** Shows where the value stands in the text; absent where the text on show is another one. */
	readonly onShow: ((item: StructureItem) => void) | undefined;
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
			showRow(scroller.current, { row: next, count: length });
	};
	return (
		<Windowed
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

const SIGNS: Readonly<Record<StructureItem["kind"], string>> = {
	added: "+",
	removed: "−",
	changed: "~",
	moved: "↕",
};

function Item(props: {
	item: StructureItem;
	place: readonly [number, number];
	isCurrent: boolean;
	onShow: ((item: StructureItem) => void) | undefined;
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
						<Visible text={item.path} />
					</bdi>
				</button>
			) : (
				<span class="path">
					<bdi dir="ltr">
						<Visible text={item.path} />
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

function Values({ item }: { item: StructureItem }) {
	const { kind, before, after, longBefore = before, longAfter = after } = item;
	if (kind === "moved")
		return (
			<span class="value" title={longAfter && escapeInvisible(longAfter)}>
				<Visible text={after ?? ""} />
			</span>
		);
	return (
		<>
			{before !== undefined && (
				<del class="value" title={longBefore && escapeInvisible(longBefore)}>
					<Visible text={before} />
				</del>
			)}
			{before !== undefined && after !== undefined && (
				<span aria-hidden="true">→</span>
			)}
			{after !== undefined && (
				<ins class="value" title={longAfter && escapeInvisible(longAfter)}>
					<Visible text={after} />
				</ins>
			)}
		</>
	);
}
