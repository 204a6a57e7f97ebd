import { useEffect, useState } from "preact/hooks";
import {
	PASSPHRASE_MIN,
	passphraseProblem,
} from "../../core/connection/passphrase.ts";
import type { Snapshot } from "../../core/protocol/snapshot.ts";
import type { Result } from "../../core/shared/result.ts";
import { useRemote } from "../../ui/background-client/context.tsx";
import { formatDuration } from "../../ui/components/Age.tsx";
import { Button } from "../../ui/components/Button.tsx";
import { useAnnounce } from "../../ui/components/status.tsx";
import { useNow } from "../../ui/hooks/use-now.ts";
import { Confirm } from "../form/Confirm.tsx";
import { Field } from "../form/Field.tsx";
import { focusField } from "../form/use-form.ts";
import "../more.css";

export function VaultPage({ snapshot }: { readonly snapshot: Snapshot }) {
	const remote = useRemote();
	const announce = useAnnounce();
	const { vault } = snapshot;
	const announceResult = (work: Promise<unknown>, text: string) =>
		void work.then(
			() => announce(text),
			(error: Error) => announce(error.message),
		);
	return (
		<>
			<h1>Vault</h1>
			<p class="hint">{STATUS_TEXTS[vault.status]}</p>
			{vault.status === "none" && (
				<PassphraseForm
					kind="create"
					button="Create vault"
					submit={(passphrase) => remote.createVault({ passphrase })}
					onDone={() => announce("The vault was created and unlocked.")}
				/>
			)}
			{vault.status === "locked" && (
				<PassphraseForm
					button="Unlock"
					submit={(passphrase) => remote.unlockVault({ passphrase })}
					onDone={() => announce("The vault was unlocked.")}
				/>
			)}
			{vault.status === "unlocked" && <LocksIn at={vault.locksAt} />}
			<div class="choices">
				{vault.status === "unlocked" && (
					<Button
						name="Lock now"
						kind="primary"
						onClick={() =>
							announceResult(remote.lockVault({}), "The vault was locked.")
						}
					/>
				)}
				{vault.status !== "none" && (
					<Confirm
						name="Reset vault"
						question="Delete the vault and all secrets in it? Profiles, connections and history are kept."
						onConfirm={() =>
							announceResult(remote.resetVault({}), "The vault was deleted.")
						}
					/>
				)}
			</div>
			{vault.status === "unlocked" && (
				<details class="change-passphrase">
					<summary>Change passphrase</summary>
					<PassphraseForm
						kind="change"
						button="Change passphrase"
						submit={(passphrase, next) =>
							remote.changePassphrase({ passphrase, next })
						}
						onDone={() => announce("The passphrase was changed.")}
					/>
				</details>
			)}
			<section>
				<h2>All secrets</h2>
				<p class="hint">
					Deletes the vault, all keys and tokens, temporary credentials and
					sign-ins from this browser. Profiles, connections and history are
					kept. Polling AWS stops until you enter credentials again.
				</p>
				<Button
					name="Forget all secrets now"
					kind="danger"
					onClick={() =>
						announceResult(
							remote.forgetAllSecrets({}),
							"All secrets were deleted.",
						)
					}
				/>
			</section>
		</>
	);
}

const STATUS_TEXTS = {
	none: "The secrets of connections are kept in memory and are gone when the browser closes. A vault keeps them, encrypted with a passphrase that is stored nowhere. Keys entered in a profile itself stay in memory only.",
	locked:
		"Unlock it to resume polling with its secrets. A forgotten passphrase can't be recovered: reset the vault and enter the secrets again.",
	unreadable:
		"The stored vault was made by a newer version of AppConfig Inspector, is damaged, or cannot be read at the moment. It was not changed. Restart the browser, update the extension, or reset the vault to create a new one.",
	unlocked:
		"The secrets of all connections are in it. It locks after 15 minutes without a command from you and when the browser closes; polling with its secrets then stops until you unlock it.",
} as const;

function LocksIn({ at }: { at: number | undefined }) {
	const now = useNow(at);
	if (at === undefined) return null;
	return <p>Locks itself in {formatDuration(at - now)}.</p>;
}

interface PassphraseFormProps {
	readonly button: string;
	/** `change` also asks for the current passphrase. */
	readonly kind?: "unlock" | "create" | "change";
	readonly submit: (
		passphrase: string,
		next: string,
	) => Promise<Result<unknown, string>>;
	readonly onDone: () => void;
}

const EMPTY = { current: "", next: "", again: "" };

interface Problem {
	/** The id of the field. */
	readonly field: string;
	readonly text: string;
}

function PassphraseForm(props: PassphraseFormProps) {
	const { button, kind = "unlock", onDone } = props;
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
			? props.submit(next, next)
			: props.submit(current, next)
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
					{isBusy ? "Please wait…" : button}
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
		: { field: "passphraseAgain", text: "The passphrases do not match." };
}
