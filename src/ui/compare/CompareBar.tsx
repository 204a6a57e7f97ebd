// The controls of a comparison: how it is shown, from change to change, what can be copied, and the summary.
import type { ComponentChild } from "preact";
import { formatNumber } from "../../document/format-number.ts";
import type { CopyFormat } from "../diff/messages.ts";
import type { CompareMode, StepToChange } from "./ComparePane.tsx";
import { CopyChoices } from "./CopyChoices.tsx";
import type { ComparisonState } from "./use-comparison.ts";

export interface CompareBarProps {
	readonly mode: CompareMode;
	readonly hasTree: boolean;
	readonly comparison: ComparisonState;
	readonly onMode: (mode: CompareMode) => void;
	readonly onStep: StepToChange;
	readonly copyError: (form: CopyFormat) => string | undefined;
	readonly onCopy: (form: CopyFormat) => void;
}

const NAMES: Readonly<Record<CompareMode, string>> = {
	split: "Side by side",
	unified: "Unified",
	structure: "Values",
};

export function CompareBar(props: CompareBarProps) {
	const { mode, hasTree, comparison, onMode, onStep, onCopy } = props;
	const { text, structure } = comparison;
	return (
		<div class="compare-bar">
			<fieldset class="modes">
				<legend class="unseen">Show the changes</legend>
				{(["split", "unified", "structure"] as const).map((one) => (
					<button
						key={one}
						type="button"
						aria-pressed={one === mode}
						disabled={one === "structure" && !hasTree}
						title={one === "structure" ? structure?.error : undefined}
						onClick={() => onMode(one)}
					>
						{NAMES[one]}
					</button>
				))}
			</fieldset>
			<span class="steps">
				<Step name="Previous change" keys="Shift+F7" onClick={() => onStep(-1)}>
					↑
				</Step>
				<Step name="Next change" keys="F7" onClick={() => onStep(1)}>
					↓
				</Step>
			</span>
			<output class="summary">{summaryOf(comparison)}</output>
			{hasTree && text && mode !== "structure" && (
				<label>
					<input
						type="checkbox"
						checked={text.formatted}
						onChange={(event) =>
							comparison.showFormatted(event.currentTarget.checked)
						}
					/>{" "}
					Formatted
				</label>
			)}
			<CopyChoices
				hasTree={hasTree}
				copyError={props.copyError}
				onCopy={onCopy}
			/>
		</div>
	);
}

function Step(props: {
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
	for (const one of changes) {
		added += one.modifiedEnd - one.modifiedStart;
		removed += one.originalEnd - one.originalStart;
	}
	if (changes.length === 0) return text.unchanged || "no lines changed";
	const lines = added === 1 ? "line" : "lines";
	return `${formatNumber(added)} ${lines} added, ${formatNumber(removed)} removed`;
}
