import type { ComponentChild } from "preact";
import { useRef, useState } from "preact/hooks";
import { formatNumber } from "../../document/text/format-number.ts";
import { Icon } from "../components/Button.tsx";
import { Menu } from "../components/Menu.tsx";
import type { CopyFormat } from "../diff/messages.ts";
import { MAX_WRAPPED } from "./CompareRows.tsx";
import type { ComparisonState } from "./use-comparison.ts";

export type CompareMode = "split" | "unified" | "structure";

/** Goes to the next change, or to the previous one. */
export type StepToChange = (by: 1 | -1) => void;

export interface CompareToolbarProps {
	readonly mode: CompareMode;
	/** Whether the values can be compared. */
	readonly hasTree: boolean;
	/** There is no room for two columns. */
	readonly isNarrow: boolean;
	readonly comparison: ComparisonState;
	readonly onMode: (mode: CompareMode) => void;
	readonly onStep: StepToChange;
	/** Whether long lines are broken. */
	readonly wrap: boolean;
	readonly onWrap: (wrap: boolean) => void;
	/** How many bytes differ, where a side is binary: then there is only one way to show it. */
	readonly bytes: string | undefined;
	/** From which version to which: `production v12 → staging v9`. */
	readonly direction: string;
	/** Why the changes cannot be copied in a format. */
	readonly copyError: (format: CopyFormat) => string | undefined;
	readonly onCopy: (format: CopyFormat) => void;
}

const MODES: readonly (readonly [CompareMode, string])[] = [
	["structure", "Values"],
	["unified", "Unified"],
	["split", "Side by side"],
];

export function CompareToolbar(props: CompareToolbarProps) {
	const { mode, hasTree, isNarrow, comparison, onMode, onStep } = props;
	const { wrap, onWrap, bytes } = props;
	const { text, structure } = comparison;
	const modes = MODES.filter(([value]) => value !== "split" || !isNarrow);
	return (
		<div class="compare-toolbar">
			{bytes === undefined && (
				<fieldset class="modes">
					<legend class="visually-hidden">Show the changes</legend>
					{modes.map(([value, name]) => (
						<button
							key={value}
							type="button"
							aria-pressed={value === mode}
							disabled={value === "structure" && !hasTree}
							title={value === "structure" ? structure?.error : undefined}
							onClick={() => onMode(value)}
						>
							{name}
						</button>
					))}
				</fieldset>
			)}
			<span class="steps">
				<StepButton
					name="Previous change"
					keys="Shift+F7"
					onClick={() => onStep(-1)}
				>
					↑
				</StepButton>
				<StepButton name="Next change" keys="F7" onClick={() => onStep(1)}>
					↓
				</StepButton>
			</span>
			<output class="summary">{bytes ?? summaryOf(comparison)}</output>
			{bytes === undefined && (
				<button
					type="button"
					class="toggle"
					aria-pressed={wrap}
					title={`Break long lines (up to ${MAX_WRAPPED} rows)`}
					onClick={() => onWrap(!wrap)}
				>
					Wrap
				</button>
			)}
			{bytes === undefined && hasTree && text && mode !== "structure" && (
				<label>
					<input
						type="checkbox"
						checked={text.formatted}
						onChange={({ currentTarget }) =>
							comparison.showFormatted(currentTarget.checked)
						}
					/>{" "}
					Formatted
				</label>
			)}
			<CopyMenuButton
				hasTree={hasTree}
				direction={props.direction}
				copyError={props.copyError}
				onCopy={props.onCopy}
			/>
		</div>
	);
}

function StepButton(props: {
	name: string;
	keys: string;
	onClick: () => void;
	children: ComponentChild;
}) {
	const { name, keys, onClick, children } = props;
	return (
		<button
			type="button"
			class="button bare"
			aria-label={name}
			title={`${name} (${keys})`}
			onClick={onClick}
		>
			{children}
		</button>
	);
}

function summaryOf({ text, structure, error }: ComparisonState): string {
	if (structure?.summary) return structure.summary;
	if (!text) return error ? "" : "Comparing…";
	const { changes } = text.diff;
	let [added, removed] = [0, 0];
	for (const change of changes) {
		added += change.modifiedEnd - change.modifiedStart;
		removed += change.originalEnd - change.originalStart;
	}
	if (changes.length === 0) return text.unchanged || "no lines changed";
	const lines = added === 1 ? "line" : "lines";
	return `${formatNumber(added)} ${lines} added, ${formatNumber(removed)} removed`;
}

const COPY_ITEMS: readonly (readonly [CopyFormat, string])[] = [
	["patch", "Copy as unified patch"],
	["json-patch", "Copy as JSON Patch"],
	["sentences", "Copy in words"],
];

function CopyMenuButton({
	hasTree,
	direction,
	copyError,
	onCopy,
}: Pick<
	CompareToolbarProps,
	"hasTree" | "direction" | "copyError" | "onCopy"
>) {
	const [anchor, setAnchor] = useState<DOMRect>();
	const button = useRef<HTMLButtonElement>(null);
	const items = COPY_ITEMS.filter(
		([format]) => hasTree || format === "patch",
	).map(([format, name]) => ({
		name: format === "sentences" ? name : `${name} (${direction})`,
		disabledReason: copyError(format),
		onSelect: () => onCopy(format),
	}));
	return (
		<>
			<button
				type="button"
				class="button with-icon"
				aria-haspopup="menu"
				aria-expanded={anchor !== undefined}
				ref={button}
				onClick={({ currentTarget }) =>
					setAnchor(currentTarget.getBoundingClientRect())
				}
			>
				<Icon name="copy" />
				Copy changes
			</button>
			{anchor && (
				<Menu
					name="Copy changes"
					at={anchor}
					groups={[items]}
					onClose={() => {
						setAnchor(undefined);
						button.current?.focus();
					}}
				/>
			)}
		</>
	);
}
