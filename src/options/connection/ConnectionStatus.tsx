import { useEffect, useState } from "preact/hooks";
import type { IdentityCenterConnection } from "../../core/connection/connection.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { Account } from "../../core/connection/credential-sources.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { usePlatform, useRemote } from "../../ui/background-client/context.tsx";
import { Button } from "../../ui/components/Button.tsx";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import { type Announce, useAnnounce } from "../../ui/components/status.tsx";
import { controlPlaneMessage } from "../../ui/errors/control-plane-message.ts";
import { useNow } from "../../ui/hooks/use-now.ts";
import { Field } from "../form/Field.tsx";
import {
	type ConnectionActions,
	createConnectionActions,
} from "./connection-actions.ts";
import { connectionRemedyText, connectionStatusText } from "./status-text.ts";

/** The status of a saved connection, and what can be done about it. */
export function ConnectionStatus({
	entry,
}: {
	readonly entry: ConnectionSnapshot;
}) {
	const remote = useRemote();
	const platform = usePlatform();
	const announce = useAnnounce();
	const { connection, expiresAt, keyHint, accountId, roleName } = entry;
	const now = useNow(expiresAt);
	const { tone, words } = connectionStatusText(entry, now);
	const actions = createConnectionActions(
		{ remote, platform, announce },
		entry,
	);
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
					// Loads the lists again once the host is allowed.
					key={`${connection.id} ${isMissing}`}
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

function Remedy({ entry, now }: { entry: ConnectionSnapshot; now: number }) {
	const words = connectionRemedyText(entry, now);
	return words ? <p>{words}</p> : null;
}

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

interface SignInStepsProps {
	readonly entry: ConnectionSnapshot;
	readonly actions: ConnectionActions;
}

function SignInSteps({ entry, actions }: SignInStepsProps) {
	const { signIn, hasSecret } = entry;
	if (signIn)
		return (
			<div class="steps">
				{signIn.method === "device" ? (
					<p>
						Check that the tab shows{" "}
						<code class="code">
							<ForeignText text={signIn.userCode} />
						</code>
						, then allow access there. Closed the tab?{" "}
						<a href={signIn.verificationUrl} target="_blank" rel="noreferrer">
							Open it again
						</a>
						.
					</p>
				) : (
					<p>
						Sign in in the tab that has opened, and allow AppConfig Inspector.
						The tab then closes automatically.
					</p>
				)}
				<Button name="Cancel sign-in" onClick={actions.cancel} />
			</div>
		);
	if (hasSecret) return <Button name="Sign out" onClick={actions.signOut} />;
	return (
		<div class="choices">
			<Button
				name="Sign in"
				kind="primary"
				onClick={() => actions.signIn("browser")}
			/>
			<Button
				name="Sign in with a code"
				title="If signing in fails: compare a code in another tab instead"
				onClick={() => actions.signIn("device")}
			/>
		</div>
	);
}

interface RoleChooserProps {
	readonly connection: IdentityCenterConnection;
}

function RoleChooser({ connection }: RoleChooserProps) {
	const remote = useRemote();
	const announce = useAnnounce();
	const { id } = connection;
	const [accountId, setAccountId] = useState(connection.accountId ?? "");
	const accounts = useList<Account>(
		announce,
		() => remote.listAccounts({ id }),
		id,
	);
	const roles = useList<string>(
		announce,
		() => (accountId ? remote.listRoles({ id, accountId }) : undefined),
		accountId,
	);
	const isOwn = accountId === connection.accountId;
	const choose = (roleName: string) => {
		if (!roleName) return;
		remote.chooseRole({ id, accountId, roleName }).then(
			() => announce(`Using the role ${roleName}.`),
			(error: Error) => announce(error.message),
		);
	};
	return (
		<div class="chooser">
			<Field
				text={{ field: "accountId", name: "Account" }}
				value={accountId}
				error={undefined}
				onInput={setAccountId}
				choices={[
					{ value: "", name: accounts ? "Choose an account" : "Loading…" },
					...(accounts ?? []).map((account) => ({
						value: account.accountId,
						name: `${account.name} (${account.accountId})`,
					})),
				]}
			/>
			{accountId && (
				<Field
					text={{ field: "roleName", name: "Role" }}
					value={isOwn ? (connection.roleName ?? "") : ""}
					error={undefined}
					onInput={choose}
					choices={[
						{ value: "", name: roles ? "Choose a role" : "Loading…" },
						...(roles ?? []).map((name) => ({ value: name, name })),
					]}
				/>
			)}
		</div>
	);
}

type Listed<T> =
	ReturnType<Remote["listAccounts"]> extends Promise<infer R>
		? Promise<
				| Extract<R, { ok: false }>
				| { readonly ok: true; readonly value: readonly T[] }
			>
		: never;

/** `undefined` until it is loaded. A result that arrives after `key` has changed is dropped. */
function useList<T>(
	announce: Announce,
	load: () => Listed<T> | undefined,
	key: string,
): readonly T[] | undefined {
	const [list, setList] = useState<readonly T[]>();
	useEffect(() => {
		let isCurrent = true;
		setList(undefined);
		load()?.then(
			(result) => {
				if (!isCurrent) return;
				setList(result.ok ? result.value : []);
				if (!result.ok) announce(controlPlaneMessage(result.error));
			},
			(error: Error) => announce(error.message),
		);
		return () => {
			isCurrent = false;
		};
	}, [key]);
	return list;
}
