// The find field with its switches, what it found, and the way through it.

import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { grouped } from "../../document/grouped.ts";
import type { FindForm } from "./use-find.ts";

export interface FindBarProps {
	readonly form: FindForm;
	readonly onChange: (form: FindForm) => void;
	readonly total: number;
	/** Which of them is looked at, from 0; -1 for none. */
	readonly position: number;
	readonly trouble: string | undefined;
	readonly onStep: (step: 1 | -1) => void;
	/** What was typed is the path of a value: goes there. */
	readonly onGo?: (() => void) | undefined;
	/** Only where there is something to filter. */
	readonly canFilter: boolean;
	readonly onClose: () => void;
}

export function FindBar(props: FindBarProps) {
	const { form, onChange, onStep, onGo, onClose } = props;
	const field = useRef<HTMLInputElement>(null);
	useEffect(() => {
		field.current?.focus();
		field.current?.select();
	}, []);
	const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
		if (event.key === "Escape") onClose();
		else if (event.key !== "Enter") return;
		else if (onGo && (props.total === 0 || isPath(form.typed))) onGo();
		else onStep(event.shiftKey ? -1 : 1);
		event.preventDefault();
		event.stopPropagation();
	};
	return (
		<search class="find">
			<input
				ref={field}
				type="text"
				aria-label="Find"
				placeholder="Find, key:… value:… path:… or $.path"
				spellcheck={false}
				value={form.typed}
				onInput={(event) =>
					onChange({ ...form, typed: event.currentTarget.value })
				}
				onKeyDown={onKeyDown}
			/>
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
			{props.canFilter && (
				<Toggle
					name="Only matching rows"
					face="≡"
					isOn={form.filter}
					onTurn={(filter) => onChange({ ...form, filter })}
				/>
			)}
			<output class={props.trouble ? "trouble" : undefined}>
				{summary(props)}
			</output>
			{onGo && props.total === 0 && (
				<button type="button" onClick={onGo}>
					Go to path
				</button>
			)}
			<button
				type="button"
				aria-label="Previous match"
				onClick={() => onStep(-1)}
			>
				↑
			</button>
			<button type="button" aria-label="Next match" onClick={() => onStep(1)}>
				↓
			</button>
			<button type="button" aria-label="Close find" onClick={onClose}>
				✕
			</button>
		</search>
	);
}

// No need to wait for an answer: text hardly begins like this.
function isPath(typed: string): boolean {
	return /^[$/.[]/.test(typed);
}

function summary({ form, total, position, trouble, onGo }: FindBarProps) {
	if (trouble) return trouble;
	if (form.typed === "" || (onGo && total === 0)) return "";
	if (total === 0) return "No matches";
	const all = grouped(total);
	if (position >= 0) return `${grouped(position + 1)} of ${all}`;
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
