import type { ComponentChild, TargetedKeyboardEvent } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { scopeOf } from "../../../document/search/query.ts";
import { formatNumber } from "../../../document/text/format-number.ts";
import { isTyping } from "../../components/keyboard.ts";
import { useEscape } from "../../hooks/use-escape.ts";
import { EMPTY_FORM, type FindForm } from "./use-find.ts";

/** To the next match, or the one before. */
export type Direction = 1 | -1;

export interface FindBarProps {
	readonly form: FindForm;
	readonly onChange: (form: FindForm) => void;
	readonly total: number;
	/** Which of them is looked at, from 0; -1 for none. */
	readonly position: number;
	/** Whether that is about what is typed now. */
	readonly isAnswered: boolean;
	readonly error: string | undefined;
	/** From match to match, one after the other. */
	readonly onStep: (steps: readonly Direction[]) => void;
	/** What was typed is the path of a value: goes there. */
	readonly onGoToPath?: (() => void) | undefined;
	/** Copies what Enter has led to; absent before that. */
	readonly onCopy?: (() => void) | undefined;
	/** Where it looks: rows of nodes, lines that nodes are on, or lines. */
	readonly target: "tree" | "formatted" | "text";
	/** Of a text that is a tree as well: goes on looking there. */
	readonly onSwitchToTree?: (() => void) | undefined;
	readonly onClose: () => void;
}

export function FindBar(props: FindBarProps) {
	const { form, onChange, onStep, onGoToPath, target, onClose } = props;
	useEscape(true, onClose);
	return (
		<search class="find">
			<Field {...props} />
			<Toggle
				name="Match case"
				face="Aa"
				isOn={form.matchCase}
				onTurn={(matchCase) => onChange({ ...form, matchCase })}
			/>
			<Toggle
				name="Regular expression"
				face=".*"
				isOn={form.regex}
				onTurn={(regex) => onChange({ ...form, regex })}
			/>
			{target !== "formatted" && (
				<Toggle
					name={`Only matching ${target === "tree" ? "rows" : "lines"}`}
					face="≡"
					isOn={form.filter}
					onTurn={(filter) => onChange({ ...form, filter })}
				/>
			)}
			<output class={props.error ? "error" : undefined}>
				{summary(props)}
			</output>
			{onGoToPath && props.total === 0 && (
				<button type="button" onClick={onGoToPath}>
					Go to path
				</button>
			)}
			<ScopeHint {...props} />
			<Step name="Previous match" face="↑" onClick={() => onStep([-1])} />
			<Step name="Next match" face="↓" onClick={() => onStep([1])} />
			<Step name="Close find" face="✕" onClick={onClose} />
		</search>
	);
}

function Field(props: FindBarProps) {
	const { form, onChange, target } = props;
	const field = useRef<HTMLInputElement>(null);
	useEffect(() => {
		field.current?.focus();
		field.current?.select();
	}, []);
	const enter = useEnter(props);
	const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
		if (props.onCopy && isCopyOfNothing(event)) {
			props.onCopy();
			event.preventDefault();
		}
		if (event.key !== "Enter") return;
		enter(event.shiftKey ? -1 : 1, event.currentTarget.value);
		event.preventDefault();
		event.stopPropagation();
	};
	return (
		<input
			ref={field}
			type="text"
			aria-label="Find"
			placeholder={
				target === "text"
					? "Find in the text"
					: "Find, key:… value:… path:… or $.path"
			}
			spellcheck={false}
			value={form.typed}
			onInput={(event) =>
				onChange({ ...form, typed: event.currentTarget.value })
			}
			onKeyDown={onKeyDown}
		/>
	);
}

/** Ctrl+C while no text of the field is selected, which the browser would ignore. */
function isCopyOfNothing(
	event: TargetedKeyboardEvent<HTMLInputElement>,
): boolean {
	const { key, ctrlKey, metaKey, shiftKey, altKey, currentTarget } = event;
	const { selectionStart, selectionEnd } = currentTarget;
	return (
		key.toLowerCase() === "c" &&
		(ctrlKey || metaKey) &&
		!shiftKey &&
		!altKey &&
		selectionStart === selectionEnd
	);
}

/** Who types fast presses Enter before there is an answer: it then counts for the answer, not for the one before. */
function useEnter({
	form,
	isAnswered,
	total,
	onGoToPath,
	onStep,
}: FindBarProps) {
	const waiting = useRef(NOTHING_WAITING);
	const enter = (steps: readonly Direction[]) => {
		waiting.current = NOTHING_WAITING;
		if (onGoToPath && (total === 0 || isPath(form.typed))) onGoToPath();
		else onStep(steps);
	};
	useEffect(() => {
		const { typed, steps } = waiting.current;
		// An answer to what was typed before may still arrive.
		if (isAnswered && typed === form.typed && steps.length > 0) enter(steps);
	}, [isAnswered, form.typed]);
	return (step: Direction, typed: string) => {
		const { current } = waiting;
		const steps = current.typed === typed ? [...current.steps, step] : [step];
		waiting.current = { typed, steps };
		if (isAnswered && typed === form.typed) enter(steps);
	};
}

/** Enter was pressed for a text that has no answer yet. */
interface WaitingSteps {
	readonly typed: string;
	readonly steps: readonly Direction[];
}
const NOTHING_WAITING: WaitingSteps = { typed: "", steps: [] };

/** In a text `key:` is text; who means the tree is shown the way there. */
function ScopeHint({ form, target, onSwitchToTree }: FindBarProps) {
	const scope = scopeOf(form.typed);
	if (target !== "text" || !scope || !onSwitchToTree) return null;
	return (
		<span class="hint">
			Here {scope}: is plain text.{" "}
			<button type="button" class="link" onClick={onSwitchToTree}>
				Find in the tree
			</button>
		</span>
	);
}

function Step(props: { name: string; face: string; onClick: () => void }) {
	const { name, face, onClick } = props;
	return (
		<button type="button" aria-label={name} title={name} onClick={onClick}>
			{face}
		</button>
	);
}

// No need to wait for an answer: text hardly begins like this.
function isPath(typed: string): boolean {
	return /^[$/.[]/.test(typed);
}

function summary(props: FindBarProps) {
	const { form, total, position, isAnswered, error, onGoToPath } = props;
	if (form.regex && !isAnswered) return "Searching…";
	if (error) return error;
	if (form.typed === "" || (onGoToPath && total === 0)) return "";
	if (total === 0) return "No matches";
	const all = formatNumber(total);
	if (position >= 0) return `${formatNumber(position + 1)} of ${all}`;
	return total === 1 ? "1 match" : `${all} matches`;
}

interface ToggleProps {
	readonly name: string;
	readonly face: string;
	readonly isOn: boolean;
	readonly onTurn: (isOn: boolean) => void;
}

function Toggle({ name, face, isOn, onTurn }: ToggleProps) {
	return (
		<button
			type="button"
			class="toggle"
			aria-label={name}
			title={name}
			aria-pressed={isOn}
			onClick={() => onTurn(!isOn)}
		>
			{face}
		</button>
	);
}

export interface FindControl {
	readonly isOpen: boolean;
	readonly form: FindForm;
	readonly change: (form: FindForm) => void;
	readonly close: () => void;
	/** Opens it. */
	readonly button: ComponentChild;
}

/** `onClose`: where the focus goes then. */
export function useFindControl(onClose: () => void): FindControl {
	const [isOpen, setOpen] = useState(false);
	const [form, setForm] = useState(EMPTY_FORM);
	// With the paint, not after it: what is seen answers.
	useLayoutEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (isFindKey(event) && goToField(() => setOpen(true)))
				event.preventDefault();
		};
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, []);
	const close = () => {
		setOpen(false);
		onClose();
	};
	const button = (
		<button
			type="button"
			class={isOpen ? "opens-find open" : "opens-find"}
			aria-expanded={isOpen}
			title="Find: Ctrl+F, ⌘F or /"
			onClick={() => (isOpen ? close() : setOpen(true))}
		>
			Find
		</button>
	);
	return { isOpen, form, change: setForm, close, button };
}

/** Where a filter is there already it is the place to look in; where there is neither, the browser's own search is left alone. */
function goToField(open: () => void): boolean {
	const field = (selector: string) =>
		document.querySelector<HTMLInputElement>(`.viewer ${selector}`);
	const filter = field("input[type=search]");
	if (filter) filter.select();
	else if (field(".opens-find")) {
		open();
		field(".find input")?.select();
	}
	return filter !== null || field(".opens-find") !== null;
}

function isFindKey(event: KeyboardEvent): boolean {
	const { key } = event;
	if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "f")
		return !event.shiftKey && !event.altKey;
	return key === "/" && !isTyping(event);
}
