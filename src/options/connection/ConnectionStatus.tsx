// How a saved connection is doing, and what can be done about it: check, sign in, choose a role, give a code, forget.

import { useState } from "preact/hooks";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import type { Platform } from "../../ui/background-client/platform.ts";
import { Button } from "../../ui/components/Button.tsx";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import { useNow } from "../../ui/hooks/use-now.ts";
import { connectionActions } from "./connection-actions.ts";
import { RoleChooser } from "./RoleChooser.tsx";
import { SignInSteps } from "./SignInSteps.tsx";
import { connectionRemedyText, connectionStatusText } from "./status-text.ts";

export interface ConnectionStatusProps {
	readonly entry: ConnectionSnapshot;
	readonly remote: Remote;
	readonly platform: Platform;
	readonly say: (text: string) => void;
}

export function ConnectionStatus(props: ConnectionStatusProps) {
	const { entry, platform } = props;
	const { connection, expiresAt, keyHint, accountId, roleName } = entry;
	const now = useNow(expiresAt);
	const { tone, words } = connectionStatusText(entry, now);
	const actions = connectionActions(props);
	const isMissing = entry.status === "permission-missing";
	return (
		<section class="connection-status" aria-label="Connection status">
			<p class="state">
				<span class={`dot ${tone}`} aria-hidden="true" />
				<strong>{words}</strong>
				{keyHint && (
					<code>
						<ForeignText text={keyHint} />
					</code>
				)}
				{accountId && (
					<span>
						account <ForeignText text={accountId} />
					</span>
				)}
				{roleName && (
					<span>
						role <ForeignText text={roleName} />
					</span>
				)}
			</p>
			{entry.detail && (
				<p class="hint">
					<ForeignText text={entry.detail} />
				</p>
			)}
			{entry.failedCall && <p class="hint">{entry.failedCall}</p>}
			<Remedy entry={entry} now={now} />
			{connection.kind === "identity-center" && (
				<SignInSteps entry={entry} actions={actions} />
			)}
			{connection.kind === "identity-center" && isSignedIn(entry) && (
				<RoleChooser
					// Asked for anew once its host is allowed.
					key={`${connection.id} ${isMissing}`}
					{...props}
					connection={connection}
				/>
			)}
			{entry.status === "mfa-needed" && <MfaCode onCode={actions.check} />}
			<div class="choices">
				{isMissing && platform.requestHost && (
					<Button
						name="Grant access"
						kind="primary"
						title={escapeInvisible(entry.detail ?? "")}
						onClick={actions.grant}
					/>
				)}
				{isThereToCheck(entry) && (
					<Button name="Check now" onClick={() => actions.check()} />
				)}
				{entry.hasSecret && connection.kind !== "identity-center" && (
					<Button name="Forget secrets" onClick={actions.forget} />
				)}
			</div>
		</section>
	);
}

/** What the user can do, where that is not plain to see. */
function Remedy({ entry, now }: { entry: ConnectionSnapshot; now: number }) {
	const words = connectionRemedyText(entry, now);
	return words ? <p>{words}</p> : null;
}

/** Of one who is signed out there is nothing to find out. */
function isThereToCheck({ connection, status, hasSecret }: ConnectionSnapshot) {
	if (connection.kind === "identity-center" && !hasSecret) return false;
	return status !== "open";
}

function isSignedIn({ hasSecret, signIn }: ConnectionSnapshot): boolean {
	return hasSecret && !signIn;
}

function MfaCode({ onCode }: { onCode: (code: string) => void }) {
	const [code, setCode] = useState("");
	return (
		<form
			class="choices"
			onSubmit={(event) => {
				event.preventDefault();
				if (/^\d{6}$/.test(code)) onCode(code);
				setCode("");
			}}
		>
			<label>
				MFA code{" "}
				<input
					class="code"
					inputMode="numeric"
					autocomplete="one-time-code"
					pattern="\d{6}"
					value={code}
					onInput={({ currentTarget }) => setCode(currentTarget.value.trim())}
				/>
			</label>
			<button type="submit" class="button">
				Use code
			</button>
		</form>
	);
}
