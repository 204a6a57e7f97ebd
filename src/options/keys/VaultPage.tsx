// The vault: made with a passphrase, locked and unlocked, or thrown away.

import { formatDuration } from "../../ui/components/age.ts";
import { Button } from "../../ui/components/Button.tsx";
import { useNow } from "../../ui/hooks/use-now.ts";
import { Confirm } from "../Confirm.tsx";
import type { PageProps } from "../page.ts";
import { PassphraseForm } from "./PassphraseForm.tsx";
import "../more.css";

export function VaultPage({ snapshot, remote, say }: PageProps) {
	const { vault } = snapshot;
	const tell = (work: Promise<unknown>, words: string) =>
		void work.then(
			() => say(words),
			(error: Error) => say(error.message),
		);
	return (
		<>
			<h1>Vault</h1>
			<p class="hint">{WORDS[vault.status]}</p>
			{vault.status === "none" && (
				<PassphraseForm
					kind="create"
					button="Create vault"
					ask={(passphrase) => remote.createVault({ passphrase })}
					onDone={() => say("The vault is created and unlocked.")}
				/>
			)}
			{vault.status === "locked" && (
				<PassphraseForm
					button="Unlock"
					ask={(passphrase) => remote.unlockVault({ passphrase })}
					onDone={() => say("Unlocked.")}
				/>
			)}
			{vault.status === "unlocked" && <LocksIn at={vault.locksAt} />}
			<div class="choices">
				{vault.status === "unlocked" && (
					<Button
						name="Lock now"
						kind="primary"
						onClick={() => tell(remote.lockVault({}), "Locked.")}
					/>
				)}
				{vault.status !== "none" && (
					<Confirm
						name="Reset vault"
						question="Delete the vault and all secrets in it? Profiles, connections and history are kept."
						onConfirm={() =>
							tell(remote.resetVault({}), "The vault was deleted.")
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
						ask={(passphrase, next) =>
							remote.changePassphrase({ passphrase, next })
						}
						onDone={() => say("The passphrase was changed.")}
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
						tell(remote.forgetAllSecrets({}), "All secrets were deleted.")
					}
				/>
			</section>
		</>
	);
}

const WORDS = {
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
