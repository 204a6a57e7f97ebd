// The vault: made with a passphrase, locked and unlocked, or thrown away.

import { duration } from "../../ui/countdown.ts";
import { Button } from "../../ui/parts/Button.tsx";
import { useNow } from "../../ui/parts/use-now.ts";
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
					onDone={() => say("The vault is made, and unlocked.")}
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
						question="Destroy the vault and what only it holds? Profiles, connections and history stay."
						onConfirm={() => tell(remote.resetVault({}), "The vault is gone.")}
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
						onDone={() => say("The passphrase is changed.")}
					/>
				</details>
			)}
			<section>
				<h2>All secrets</h2>
				<p class="hint">
					Forgets the vault with its secrets, all keys and tokens, credentials
					and sign-ins of this browser. Profiles, connections and history stay;
					polling on AWS stops until you give credentials again.
				</p>
				<Button
					name="Forget all secrets now"
					kind="danger"
					onClick={() =>
						tell(remote.forgetAllSecrets({}), "All secrets are forgotten.")
					}
				/>
			</section>
		</>
	);
}

const WORDS = {
	none: "The secrets of connections are kept in memory and are gone when the browser closes. With a vault they outlive it, encrypted under a passphrase that is stored nowhere. Keys given to a profile itself stay in memory only.",
	locked:
		"Unlock it, and what was polled with its secrets goes on. A forgotten passphrase can't be recovered: reset the vault and give the secrets anew.",
	unreadable:
		"What is stored was made by a newer version of AppConfig Inspector, is damaged, or cannot be read just now. It is left as it is: restart the browser, update the extension, or reset the vault to make a new one.",
	unlocked:
		"The secrets of all connections are in it. It locks itself after 15 minutes without a command, and when the browser closes; polling with them rests until then.",
} as const;

function LocksIn({ at }: { at: number | undefined }) {
	const now = useNow(at);
	if (at === undefined) return null;
	return <p>Locks itself in {duration(at - now)}.</p>;
}
