import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { formatShortTime, formatTime } from "../components/Age.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { formatExactSize, formatSize } from "../components/format.ts";
import { loadPreference, savePreference } from "../components/preferences.ts";
import { useAnnounce } from "../components/status.tsx";
import type { Content } from "../content/content.ts";
import { copyText } from "../copy/clipboard.ts";
import type { CopyFormat } from "../diff/messages.ts";
import { unifiedPatchError } from "../diff/text-comparison.ts";
import {
	type CompareMode,
	CompareToolbar,
	type StepToChange,
} from "./CompareToolbar.tsx";
import { StructureRows } from "./StructureRows.tsx";
import { TextRows } from "./TextRows.tsx";
import { type ComparisonState, useComparison } from "./use-comparison.ts";
import "../viewer/viewer.css";
import "./compare.css";

/** One version, or the live one of a profile. */
export interface CompareSide {
	readonly content: Content;
	/** `Version 3`, or the profile's name. */
	readonly name: string;
	readonly label?: string | undefined;
	/** SHA-256, hexadecimal. */
	readonly hash: string;
	/** Epoch ms: when it was received. */
	readonly receivedAt: number;
}

export interface ComparePaneProps {
	readonly original: CompareSide;
	readonly modified: CompareSide;
	/** The file that a copied patch is for: `flags.json`. */
	readonly fileName: string;
	/** There is little room: the popup. */
	readonly compact: boolean;
	/** The selected mode is saved under this key. */
	readonly preferencesKey: string;
}

const COPIED: Readonly<Record<CopyFormat, string>> = {
	patch: "the unified patch",
	"json-patch": "the JSON Patch",
	sentences: "the changes in words",
};

/**
 * Two versions compared, as text or value by value. It fills the rest of a flex column, and the caller names the region. It
 * keeps comparing the first two contents: give it another `key` for others.
 */
export function ComparePane(props: ComparePaneProps) {
	const { original, modified, fileName, compact, preferencesKey } = props;
	const announce = useAnnounce();
	const comparison = useComparison(original.content, modified.content);
	const { text, structure, items, error } = comparison;
	const key = `compare.${preferencesKey}`;
	const [mode, setMode] = useState(() =>
		toMode(loadPreference(key, "view"), compact),
	);
	/** The index of the item that was selected to be shown in the text. */
	const [selected, setSelected] = useState<number>();
	const step = useRef<StepToChange>(() => {});
	useStepKeys(step);
	const hasTree = structure !== undefined && structure.error === undefined;
	const shown = mode === "structure" && !hasTree && structure ? "split" : mode;
	const selectMode = (selectedMode: CompareMode) => {
		setSelected(undefined);
		setMode(selectedMode);
		savePreference(key, "view", selectedMode);
	};
	const copy = async (format: CopyFormat) => {
		try {
			const copied = await comparison.copyText(format, fileName);
			await copyText(copied, COPIED[format], announce);
		} catch (problem) {
			const reason = problem instanceof Error ? problem.message : problem;
			announce(`Couldn't copy ${COPIED[format]}: ${reason}`);
		}
	};
	const copyError = (format: CopyFormat) => {
		if (format === "sentences") return undefined;
		return format === "patch"
			? unifiedPatchError(original.content, modified.content)
			: structure?.jsonPatchError;
	};
	return (
		<div class="viewer compare">
			<div class="sides">
				<Side position="Old" side={original} />
				<Side position="New" side={modified} />
			</div>
			<CompareToolbar
				mode={shown}
				hasTree={hasTree}
				comparison={comparison}
				onMode={selectMode}
				onStep={(by) => step.current(by)}
				copyError={copyError}
				onCopy={(format) => void copy(format)}
			/>
			{error && (
				<div class="problem" role="alert">
					The comparison failed: {error}
				</div>
			)}
			{notesOf(comparison, shown).map((note) => (
				<div key={note} class="problem note">
					{note}
				</div>
			))}
			{shown === "structure"
				? hasTree && (
						<StructureRows
							items={items}
							step={step}
							onShowInText={
								text && !text.formatted && !structure.converted
									? (item) => {
											selectMode("split");
											setSelected(items.indexOf(item));
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
							target={selected === undefined ? undefined : items[selected]}
						/>
					)}
		</div>
	);
}

function Side(props: { position: "Old" | "New"; side: CompareSide }) {
	const { position, side } = props;
	const { name, label, hash, receivedAt, content } = side;
	const size = content.bytes.length;
	return (
		<div class="side">
			<span class="position">{position}</span>{" "}
			<strong>
				<ForeignText text={name} />
			</strong>{" "}
			{label && (
				<span class="label">
					<ForeignText text={label} />
				</span>
			)}{" "}
			<span title={formatTime(receivedAt)}>
				{formatShortTime(receivedAt, Date.now())}
			</span>{" "}
			<span title={formatExactSize(size)}>{formatSize(size)}</span>{" "}
			<code title={hash}>{hash.slice(0, 8)}</code>
		</div>
	);
}

/** F7 and Shift+F7 work wherever the focus is. */
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

function toMode(saved: string | null, compact: boolean): CompareMode {
	if (saved === "split" || saved === "unified" || saved === "structure")
		return saved;
	return compact ? "structure" : "split";
}

function notesOf(
	{ text, structure }: ComparisonState,
	mode: CompareMode,
): readonly string[] {
	if (mode !== "structure")
		return [
			...(text?.notes ?? []),
			...(text?.formatted && text.diff.changes.length === 0
				? ["Formatted, both versions are the same text."]
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
