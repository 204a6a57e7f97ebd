// A feature flag on its row.
import { escapeInvisible } from "../../../core/shared/untrusted-text.ts";
import type {
	DeliveredFlag,
	FlagAttribute,
} from "../../../document/formats/delivered-flags.ts";
import { isContainer, type Tree } from "../../../document/json/tree.ts";
import { escapedText, styledText } from "../../components/text-spans.tsx";
import { preview, renderScalar } from "../tree/Value.tsx";

export interface FlagRowProps {
	readonly tree: Tree;
	readonly flag: DeliveredFlag;
	/** From 1, of so many. */
	readonly place: number;
	readonly total: number;
	/** It has just changed. */
	readonly isFlashing: boolean;
	readonly onCopy: (node: number) => void;
}

/** Attributes on a row; the tree has the rest. */
const LIMIT = 6;

export function FlagRow(props: FlagRowProps) {
	const { tree, flag, place, total, isFlashing, onCopy } = props;
	const { name, node, isEnabled, variant, attributes } = flag;
	const rest = attributes.length - LIMIT;
	return (
		// biome-ignore lint/a11y/useSemanticElements: between it and the list stand the elements that window it, where li may not be.
		<div
			class={isFlashing ? "line flag flash" : "line flag"}
			role="listitem"
			aria-posinset={place}
			aria-setsize={total}
		>
			<span class={isEnabled ? "state on" : "state"}>
				{isEnabled ? "on" : "off"}
			</span>
			<span class="name">{escapedText(name)}</span>
			{variant !== undefined && (
				<span class="badge">variant {escapedText(variant)}</span>
			)}
			{attributes.slice(0, LIMIT).map((attribute) => (
				<Chip key={attribute.node} tree={tree} attribute={attribute} />
			))}
			{rest > 0 && <span class="count">and {rest} more</span>}
			<button
				type="button"
				class="menu-button"
				aria-label={`Copy flag ${escapeInvisible(name)}`}
				onClick={() => onCopy(node)}
			>
				Copy
			</button>
		</div>
	);
}

function Chip({ tree, attribute }: { tree: Tree; attribute: FlagAttribute }) {
	const { name, node } = attribute;
	return (
		<span class="attribute">
			{styledText(name, { style: "key" })}
			{": "}
			{isContainer(tree, node)
				? escapedText(preview(tree, node))
				: renderScalar(tree, node)}
		</span>
	);
}
