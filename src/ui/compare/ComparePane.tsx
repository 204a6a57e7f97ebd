import type { RefObject } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { formatShortTime, formatTime } from "../components/Age.tsx";
import { Button, Icon } from "../components/Button.tsx";
import {
	EnvironmentLabel,
	useEnvironmentColor,
} from "../components/EnvironmentLabel.tsx";
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
import { compareBytes, describeBytes, HexRows } from "./HexRows.tsx";
import { StructureRows } from "./StructureRows.tsx";
import { TextRows } from "./TextRows.tsx";
import { type ComparisonState, useComparison } from "./use-comparison.ts";
import "../viewer/viewer.css";
import "./compare.css";

/** One of the two versions. */
export interface CompareSide {
	readonly content: Content;
	/** `v3`, or with the profile's name where two profiles are compared. */
	readonly name: string;
	/** Present where versions of two environments are compared: neither of them is the older one. */
	readonly environment?: string | undefined;
	readonly label?: string | undefined;
	/** It is the newest version of its profile. */
	readonly isLive?: boolean;
	/** SHA-256, hexadecimal. */
	readonly hash: string;
	/** Epoch ms: when it was received. */
	readonly receivedAt: number;
}

export type SidePosition = "original" | "modified";

export interface ComparePaneProps {
	readonly original: CompareSide;
	readonly modified: CompareSide;
	/** Lets the user choose another version for a side. Absent where both are fixed. */
	readonly onChoose?: (position: SidePosition) => void;
	readonly onSwap?: () => void;
	/** The file that a copied patch is for: `flags.json`. */
	readonly fileName: string;
	/** The selected mode is saved under this key. */
	readonly preferencesKey: string;
	/** The side with the older version; absent where the versions are of two profiles, of which none is older. */
	readonly older?: SidePosition | undefined;
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
	const { original, modified, fileName, preferencesKey, older } = props;
	const { onChoose, onSwap } = props;
	const announce = useAnnounce();
	const environmentColor = useEnvironmentColor();
	const comparison = useComparison(original.content, modified.content);
	const { text, structure, items, error } = comparison;
	const isBinary = [original, modified].some(
		({ content }) => content.kind === "binary",
	);
	const bytes = useMemo(
		() =>
			isBinary
				? compareBytes(original.content.bytes, modified.content.bytes)
				: undefined,
		[isBinary],
	);
	const key = `compare.${preferencesKey}`;
	const [wrap, setWrap] = useState(() => loadPreference(key, "wrap") !== "off");
	const [mode, setMode] = useState(() => toMode(loadPreference(key, "view")));
	const pane = useRef<HTMLDivElement>(null);
	const width = useWidth(pane);
	const isNarrow = width < MIN_SPLIT_WIDTH;
	/** The index of the item that was selected to be shown in the text. */
	const [selected, setSelected] = useState<number>();
	const step = useRef<StepToChange>(() => {});
	useStepKeys(step);
	const hasTree = structure !== undefined && structure.error === undefined;
	const isText = mode === "structure" && !hasTree && structure !== undefined;
	const wanted = isText ? (width < SPLIT_WIDTH ? "unified" : "split") : mode;
	const shown = wanted === "split" && isNarrow ? "unified" : wanted;
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
		<div
			class="viewer compare"
			style={{
				...tonesOf("original", original, older, environmentColor),
				...tonesOf("modified", modified, older, environmentColor),
			}}
			ref={pane}
		>
			<div class="sides">
				<Side position="original" side={original} onChoose={onChoose} />
				{onSwap && (
					<Button
						name="Swap sides"
						icon="swap"
						bare
						title="Swap sides (X)"
						onClick={onSwap}
					/>
				)}
				<Side position="modified" side={modified} onChoose={onChoose} />
			</div>
			<CompareToolbar
				mode={shown}
				hasTree={hasTree}
				isNarrow={isNarrow}
				comparison={comparison}
				onMode={selectMode}
				wrap={wrap}
				onWrap={(isOn) => {
					setWrap(isOn);
					savePreference(key, "wrap", isOn ? "on" : "off");
				}}
				bytes={bytes && describeBytes(bytes)}
				onStep={(by) => step.current(by)}
				direction={`${titleOf(original)} → ${titleOf(modified)}`}
				copyError={copyError}
				onCopy={(format) => void copy(format)}
			/>
			{error && (
				<div class="problem" role="alert">
					The comparison failed: {error}
				</div>
			)}
			{!bytes &&
				notesOf(comparison, shown).map((note) => (
					<div key={note} class="problem note">
						{note}
					</div>
				))}
			{bytes && (
				<HexRows
					original={original.content.bytes}
					modified={modified.content.bytes}
					differences={bytes}
					step={step}
				/>
			)}
			{bytes
				? undefined
				: shown === "structure"
					? hasTree && (
							<StructureRows
								items={items}
								wrap={wrap}
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
								kinds={{
									original: text.formatted ? "json" : original.content.kind,
									modified: text.formatted ? "json" : modified.content.kind,
								}}
								wrap={wrap}
								step={step}
								target={selected === undefined ? undefined : items[selected]}
							/>
						)}
		</div>
	);
}

/** `production v12` */
function titleOf({ name, environment }: CompareSide): string {
	return escapeInvisible(environment ? `${environment} ${name}` : name);
}

/** Red and green are for the older and the newer version of one profile. Environments have colours of their own. */
function tonesOf(
	position: SidePosition,
	{ environment }: CompareSide,
	older: SidePosition | undefined,
	environmentColor: ReturnType<typeof useEnvironmentColor>,
): Record<string, string> {
	const tone = () => {
		if (older) return older === position ? "bad" : "good";
		const color =
			environment === undefined ? "other" : environmentColor(environment);
		if (color !== "other") return `env-${color}`;
		return position === "original" ? "warn" : "info";
	};
	const name = tone();
	return {
		[`--${position}`]: `var(--${name === "info" ? "accent" : name})`,
		[`--${position}-ground`]: `var(--${name}-ground)`,
	};
}

interface SideProps {
	readonly onChoose: ((position: SidePosition) => void) | undefined;
	readonly position: SidePosition;
	readonly side: CompareSide;
}

function Side({ position, side, onChoose }: SideProps) {
	const attributes = { class: "side", "data-position": position };
	if (!onChoose)
		return (
			<div {...attributes}>
				<SideFacts side={side} />
			</div>
		);
	return (
		<button
			{...attributes}
			type="button"
			title="Choose another version"
			aria-haspopup="dialog"
			onClick={() => onChoose(position)}
		>
			<SideFacts side={side} />
			<Icon name="more" />
		</button>
	);
}

function SideFacts({ side }: Pick<SideProps, "side">) {
	const { name, environment, label, isLive, hash, receivedAt, content } = side;
	const size = content.bytes.length;
	return (
		<span class="side-facts">
			{environment && <EnvironmentLabel name={environment} />}{" "}
			<strong>
				<ForeignText text={name} />
			</strong>{" "}
			{isLive && <span class="badge live">live</span>}{" "}
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
		</span>
	);
}

/** Pixels. Below this width two columns of text are too narrow to be read. */
const MIN_SPLIT_WIDTH = 700;
/** From this width on, text without structure is compared in two columns unless the user chooses otherwise. */
const SPLIT_WIDTH = 900;

/** In pixels; infinite until it is measured, and while the pane is not displayed. */
function useWidth(pane: RefObject<HTMLElement | null>): number {
	const [width, setWidth] = useState(Number.POSITIVE_INFINITY);
	useLayoutEffect(() => {
		const { current } = pane;
		if (!current) return;
		const measure = () =>
			setWidth(current.clientWidth || Number.POSITIVE_INFINITY);
		measure();
		const observer = new ResizeObserver(measure);
		observer.observe(current);
		return () => observer.disconnect();
	}, [pane]);
	return width;
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

function toMode(saved: string | null): CompareMode {
	if (saved === "split" || saved === "unified") return saved;
	return "structure";
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
