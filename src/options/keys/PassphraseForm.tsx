// A passphrase, typed once to unlock and twice to make a vault or to change it; it leaves the fields with the answer.
import { useEffect, useState } from "preact/hooks";
import {
	PASSPHRASE_MIN,
	passphraseProblem,
} from "../../core/connection/passphrase.ts";
import type { Result } from "../../core/shared/result.ts";
import { Field } from "../Field.tsx";
import { focusField } from "../focus-field.ts";

export interface PassphraseFormProps {
	readonly button: string;
	/** `change`: the current one is asked for as well. */
	readonly kind?: "unlock" | "create" | "change";
	readonly ask: (
		passphrase: string,
		next: string,
	) => Promise<Result<unknown, string>>;
	readonly onDone: () => void;
}

const EMPTY = { current: "", next: "", again: "" };

/** Which field is to blame, by its id. */
interface Problem {
	readonly field: string;
	readonly text: string;
}

export function PassphraseForm(props: PassphraseFormProps) {
	const { button, kind = "unlock", ask, onDone } = props;
	const [typed, setTyped] = useState(EMPTY);
	const [problem, setProblem] = useState<Problem>();
	useEffect(() => {
		if (problem) focusField([problem.field]);
	}, [problem]);
	const [isBusy, setBusy] = useState(false);
	const isNew = kind !== "unlock";
	async function submit(): Promise<void> {
		const found = isNew ? problemOf(typed.next, typed.again) : undefined;
		setProblem(found);
		if (found) return;
		setBusy(true);
		const { current, next } = typed;
		const answer = await (kind === "create"
			? ask(next, next)
			: ask(current, next)
		).catch((failure: Error) => ({
			ok: false as const,
			error: failure.message,
		}));
		setBusy(false);
		setTyped(EMPTY);
		if (answer.ok) onDone();
		else
			setProblem({
				field: kind === "change" ? "currentPassphrase" : "passphrase",
				text: answer.error,
			});
	}
	const field = (
		key: keyof typeof EMPTY,
		text: { field: string; name: string; hint?: string },
	) => (
		<Field
			text={text}
			value={typed[key]}
			error={problem?.field === text.field ? problem.text : undefined}
			onInput={(value) => setTyped((now) => ({ ...now, [key]: value }))}
			isSecret
		/>
	);
	const of = kind === "change" ? "New passphrase" : "Passphrase";
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				void submit();
			}}
		>
			{kind === "unlock" &&
				field("current", { field: "passphrase", name: "Passphrase" })}
			{kind === "change" &&
				field("current", {
					field: "currentPassphrase",
					name: "Current passphrase",
				})}
			{isNew && field("next", { field: "passphrase", name: of, hint: HINT })}
			{isNew &&
				field("again", { field: "passphraseAgain", name: `${of} again` })}
			<p>
				<button type="submit" class="button primary" disabled={isBusy}>
					{isBusy ? "One moment…" : button}
				</button>
			</p>
		</form>
	);
}

const HINT = `${PASSPHRASE_MIN} characters or more. Four or five unrelated words are easier to remember than symbols. It can't be recovered.`;

function problemOf(typed: string, again: string): Problem | undefined {
	const text = passphraseProblem(typed);
	if (text) return { field: "passphrase", text };
	return typed === again
		? undefined
		: { field: "passphraseAgain", text: "The two are not the same." };
}
