import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { valueSource } from "../../document/json/children.ts";
import {
	type TextPosition,
	textPosition,
} from "../../document/json/json-parser.ts";
import { formatPath, pathOf } from "../../document/json/paths.ts";
import type { Problem, Tree } from "../../document/json/tree.ts";
import { endOfGrapheme } from "../../document/text/graphemes.ts";
import { escapedText } from "../components/text-spans.tsx";
import { useShiftKeys } from "../hooks/use-shift-keys.ts";
import { nextMatch } from "./find/use-find.ts";
import { usePathActions } from "./path-actions.ts";

/** Characters shown on either side of the place. */
const BEFORE = 30;
const AFTER = 30;

export function ProblemBar(props: { text: string; problem: Problem }) {
	const { text, problem } = props;
	if (problem.isLimit)
		return (
			<p class="problem note" role="status">
				{problem.message} Raw shows everything.
			</p>
		);
	const place = textPosition(text, problem.at);
	return (
		<div class="problem" role="alert">
			<p>
				Not valid JSON, line {place.line}, column {place.column}:{" "}
				{problem.message} Everything before it is shown.
			</p>
			<Excerpt text={text} at={problem.at} place={place} />
		</div>
	);
}

function Excerpt(props: { text: string; at: number; place: TextPosition }) {
	const { text, at, place } = props;
	const start = Math.max(at - place.column + 1, at - BEFORE);
	const [before = "", after = ""] = [
		text.slice(start, at),
		text.slice(at, at + AFTER).split(/\r?\n/, 1)[0],
	].map((part) => part?.replaceAll("\t", " "));
	return (
		<code class="excerpt" aria-hidden="true">
			{escapedText(before)}
			<mark>{escapedText(after.slice(0, 1) || " ")}</mark>
			{escapedText(after.slice(1))}
		</code>
	);
}

export interface LevelButtonsProps {
	readonly onLevel: (level: number) => void;
}

const LEVELS = [1, 2, 3, 4, 5];

export function LevelButtons({ onLevel }: LevelButtonsProps) {
	return (
		<>
			<button
				type="button"
				aria-label="Expand all"
				title="Expand all"
				onClick={() => onLevel(Number.POSITIVE_INFINITY)}
			>
				<span class="boxed">+</span>
			</button>
			<button
				type="button"
				aria-label="Collapse all"
				title="Collapse all"
				onClick={() => onLevel(0)}
			>
				<span class="boxed">−</span>
			</button>
			<select
				aria-label="Expand to level"
				value=""
				onChange={(event) => {
					const { value } = event.currentTarget;
					if (value) onLevel(Number(value));
					event.currentTarget.value = "";
				}}
			>
				<option value="">Level</option>
				{LEVELS.map((level) => (
					<option key={level} value={level}>
						{level}
					</option>
				))}
			</select>
		</>
	);
}

export interface DuplicatesBarProps {
	readonly duplicates: ReadonlySet<number>;
	readonly selected: number;
	readonly onGo: (node: number) => void;
}

export function DuplicatesBar(props: DuplicatesBarProps) {
	const { duplicates, selected, onGo } = props;
	if (duplicates.size === 0) return null;
	const goOn = () => {
		const inOrder = [...duplicates].sort((a, b) => a - b);
		onGo(nextMatch(inOrder, selected, 1) ?? 0);
	};
	return (
		<p class="problem note">
			{duplicates.size} keys stand more than once in their object. Most readers
			keep the last of each.{" "}
			<button type="button" class="link" onClick={goOn}>
				Show the next
			</button>
		</p>
	);
}

export interface PathBarProps {
	readonly tree: Tree;
	readonly node: number;
	readonly onCopy: () => void;
}

/** Characters; of a longer path the end counts. */
const LIMIT = 300;

export function PathBar({ tree, node, onCopy }: PathBarProps) {
	const actions = usePathActions();
	const path = formatPath(pathOf(tree, node), "JSONPath");
	const text =
		path.length > LIMIT
			? `…${path.slice(endOfGrapheme(path, path.length - LIMIT))}`
			: path;
	useShiftKeys(
		Object.fromEntries(
			actions.map(({ letter, run }) => [
				letter,
				() => run({ jsonPath: path, value: valueSource(tree, node) }),
			]),
		),
	);
	return (
		<div class="path">
			<code title={escapeInvisible(path)}>{escapedText(text)}</code>
			{actions.map(({ name, letter, isPressed, run }) => (
				<button
					key={name}
					type="button"
					aria-pressed={isPressed?.(path)}
					title={`${name} (Shift+${letter})`}
					onClick={() =>
						run({ jsonPath: path, value: valueSource(tree, node) })
					}
				>
					{name}
				</button>
			))}
			<button type="button" onClick={onCopy}>
				Copy path
			</button>
		</div>
	);
}
