// A passphrase, typed once to unlock and twice to make a vault; it leaves the fields with the answer.
import { useState } from "preact/hooks";
import { PASSPHRASE_MIN } from "../../core/connection/secret-vault.ts";
import type { Result } from "../../core/result.ts";
import { Field } from "../Field.tsx";

export interface PassphraseFormProps {
	readonly button: string;
	readonly isNew?: boolean;
	readonly ask: (passphrase: string) => Promise<Result<unknown, string>>;
	readonly onDone: () => void;
}

export function PassphraseForm(props: PassphraseFormProps) {
	const { button, isNew = false, ask, onDone } = props;
	const [typed, setTyped] = useState("");
	const [again, setAgain] = useState("");
	const [error, setError] = useState("");
	const [isBusy, setBusy] = useState(false);
	async function submit(): Promise<void> {
		const problem = isNew ? problemOf(typed, again) : "";
		setError(problem);
		if (problem) return;
		setBusy(true);
		const answer = await ask(typed).catch((failure: Error) => ({
			ok: false as const,
			error: failure.message,
		}));
		setBusy(false);
		setTyped("");
		setAgain("");
		if (answer.ok) onDone();
		else setError(answer.error);
	}
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				void submit();
			}}
		>
			<Field
				text={{
					field: "passphrase",
					name: "Passphrase",
					...(isNew ? { hint: NEW_HINT } : {}),
				}}
				value={typed}
				error={error || undefined}
				onInput={setTyped}
				isSecret
			/>
			{isNew && (
				<Field
					text={{ field: "passphraseAgain", name: "Passphrase again" }}
					value={again}
					error={undefined}
					onInput={setAgain}
					isSecret
				/>
			)}
			<p>
				<button type="submit" class="button primary" disabled={isBusy}>
					{isBusy ? "One moment…" : button}
				</button>
			</p>
		</form>
	);
}

const NEW_HINT = `${PASSPHRASE_MIN} characters or more; four or five unrelated words are easier to keep in mind than signs. It cannot be found again.`;

function problemOf(typed: string, again: string): string {
	if ([...typed].length < PASSPHRASE_MIN)
		return `Use at least ${PASSPHRASE_MIN} characters.`;
	return typed === again ? "" : "The two are not the same.";
}
