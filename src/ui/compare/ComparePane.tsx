// The comparison of two versions: who they are, what changed in a line, and the changes as text or value by value.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CopyFormat } from "../diff/messages.ts";
import { unifiedPatchError } from "../diff/patch-trouble.ts";
import { loadPreference, savePreference } from "../viewer/view-preferences.ts";
import { CompareBar } from "./CompareBar.tsx";
import { CompareHead } from "./CompareHead.tsx";
import type { CompareViewProps } from "./CompareView.tsx";
import { StructureRows } from "./StructureRows.tsx";
import { TextRows } from "./TextRows.tsx";
import { useComparison } from "./use-comparison.ts";
import "../viewer/viewer.css";
import "./compare.css";

export type CompareMode = "split" | "unified" | "structure";

/** Goes to the next change, or the one before. */
export type StepToChange = (by: 1 | -1) => void;

const COPIED_NAMES: Readonly<Record<CopyFormat, string>> = {
	patch: "the unified patch",
	"json-patch": "the JSON Patch",
	sentences: "the changes in words",
};

export function ComparePane(props: CompareViewProps) {
	const { original, modified, fileName, compact, memoryKey, onCopy } = props;
	const comparison = useComparison(original.content, modified.content);
	const { text, structure, items, error } = comparison;
	const key = `compare.${memoryKey}`;
	const [mode, setMode] = useState(() =>
		modeOf(loadPreference(key, "view"), compact),
	);
	const [aim, setAim] = useState<number>();
	const step = useRef<StepToChange>(() => {});
	useStepKeys(step);
	const hasTree = structure !== undefined && structure.error === undefined;
	const shown = mode === "structure" && !hasTree && structure ? "split" : mode;
	const choose = (chosen: CompareMode) => {
		setAim(undefined);
		setMode(chosen);
		savePreference(key, "view", chosen);
	};
	const copy = (form: CopyFormat) =>
		void comparison
			.copyText(form, fileName)
			.then((written) => onCopy(written, COPIED_NAMES[form], form));
	return (
		<div class="viewer compare">
			<CompareHead original={original} modified={modified} />
			<CompareBar
				mode={shown}
				hasTree={hasTree}
				comparison={comparison}
				onMode={choose}
				onStep={(by) => step.current(by)}
				copyError={(form) =>
					form === "patch"
						? unifiedPatchError(original.content, modified.content)
						: form === "json-patch"
							? structure?.jsonPatchError
							: undefined
				}
				onCopy={copy}
			/>
			<Notes trouble={error} notes={notesOf(comparison, shown)} />
			{shown === "structure"
				? hasTree && (
						<StructureRows
							items={items}
							step={step}
							onShow={
								text && !text.formatted && !structure.converted
									? (item) => {
											choose("split");
											setAim(items.indexOf(item));
										}
									: undefined
							}
						/>
					)
				: text && (
						<TextRows
							key={`${text.formatted}`}
							diff={text.diff}
							layout={shown}
							step={step}
							target={aim === undefined ? undefined : items[aim]}
						/>
					)}
		</div>
	);
}

/** Wherever the focus is: who compares looks at the changes. */
function useStepKeys(step: RefObject<StepToChange>): void {
	useLayoutEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.key !== "F7") return;
			event.preventDefault();
			step.current(event.shiftKey ? -1 : 1);
		};
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, [step]);
}

function modeOf(kept: string | null, compact: boolean): CompareMode {
	if (kept === "split" || kept === "unified" || kept === "structure")
		return kept;
	return compact ? "structure" : "split";
}

function notesOf(
	{ text, structure }: ReturnType<typeof useComparison>,
	mode: CompareMode,
): readonly string[] {
	if (mode !== "structure")
		return [
			...(text?.notes ?? []),
			...(text?.formatted && text.diff.changes.length === 0
				? ["Formatted, both are the same text."]
				: []),
		];
	return [
		...(structure?.notes ?? []),
		...(structure?.coarse
			? [
					"Too many differences to list each one. “In many places” marks a value that changed as a whole.",
				]
			: []),
	];
}

function Notes(props: {
	trouble: string | undefined;
	notes: readonly string[];
}) {
	const { trouble, notes } = props;
	return (
		<>
			{trouble && (
				<div class="problem" role="alert">
					The comparison failed: {trouble}
				</div>
			)}
			{notes.map((note) => (
				<div key={note} class="problem note">
					{note}
				</div>
			))}
		</>
	);
}
