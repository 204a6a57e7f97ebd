import { pollPolicy, toIdsOrWildcards } from "../../core/profile/iam-policy.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { Fault } from "../../core/session/fault.ts";
import type { HistoryLoss } from "../../core/shared/storage-problems.ts";
import { usePlatform, useRemote } from "../background-client/context.tsx";
import { formatDuration, formatShortTime } from "../components/Age.tsx";
import { Button } from "../components/Button.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { connectionRoute } from "../components/routes.ts";
import { useAnnounce } from "../components/status.tsx";
import { copyText } from "../copy/clipboard.ts";
import { useNow } from "../hooks/use-now.ts";
import { describeCall, explainFault, type Remedy } from "./fault-messages.ts";
import { EXPIRY_WARNING_MS } from "./profile-status.ts";
import { applyRemedy } from "./remedy.ts";

/** What is wrong with a profile now, or will be in a few minutes. */
export function ErrorBanner({
	profile,
}: {
	readonly profile: ProfileSnapshot;
}) {
	return (
		<>
			{profile.fault ? (
				<FaultBar profile={profile} fault={profile.fault} />
			) : (
				<ExpiryNotice profile={profile} />
			)}
			{profile.loss && <LossBar profile={profile} loss={profile.loss} />}
		</>
	);
}

export interface FaultBarProps {
	readonly fault: Fault;
	readonly profile: ProfileSnapshot;
	/** Returns whether the surface has carried out the remedy itself. */
	readonly onRemedy?: (remedy: Remedy) => boolean;
}

const REMEDY_BUTTONS: { readonly [K in Remedy]?: string } = {
	edit: "Edit profile",
	credentials: "Enter credentials",
	connection: "Open connection",
	grant: "Grant access",
	retry: "Try again",
};

export function FaultBar({ fault, profile, onRemedy }: FaultBarProps) {
	const remote = useRemote();
	const platform = usePlatform();
	const announce = useAnnounce();
	const { title, advice, remedy: suggested, policyHelps } = explainFault(fault);
	// The credentials of a connection are entered in the connection.
	const isOfConnection =
		suggested === "credentials" && profile.profile.connection;
	const remedy = isOfConnection ? "connection" : suggested;
	const buttonName = REMEDY_BUTTONS[remedy];
	const onRemedyClick = () => {
		if (onRemedy?.(remedy)) return;
		applyRemedy({ remote, platform }, profile, remedy).then(
			announce,
			(error: Error) => announce(error.message),
		);
	};
	return (
		<div
			class={profile.phase === "halted" ? "bar bad" : "bar warn"}
			role="alert"
		>
			<div class="message">
				<strong>{title}.</strong> <ForeignText text={advice} />
				<FailedCall fault={fault} profile={profile} />
				<LastGoodVersion profile={profile} at={fault.at} />
				<Details fault={fault} />
			</div>
			{buttonName && (
				<Button name={buttonName} kind="primary" onClick={onRemedyClick} />
			)}
			{policyHelps && (
				<Button
					name="Copy policy"
					icon="copy"
					onClick={() =>
						void copyText(
							policyOf(profile),
							"the policy that polling needs",
							announce,
						)
					}
				/>
			)}
		</div>
	);
}

function policyOf({ profile }: ProfileSnapshot): string {
	return pollPolicy(toIdsOrWildcards(profile), "*");
}

function FailedCall({
	fault,
	profile,
}: {
	fault: Fault;
	profile: ProfileSnapshot;
}) {
	const call = describeCall(fault, profile.profile);
	return call ? (
		<span class="detail">
			<ForeignText text={call} />
		</span>
	) : null;
}

/** A clock time, because an age would change and a screen reader would read the whole alert again. */
function LastGoodVersion({
	profile,
	at,
}: {
	profile: ProfileSnapshot;
	at: number;
}) {
	const { checkedAt, versions } = profile;
	if (!versions[0] || !checkedAt) return null;
	return (
		<span class="detail">
			Showing the last good configuration, version {versions[0].number},
			confirmed {formatShortTime(checkedAt, at)}.
		</span>
	);
}

function Details({ fault }: { fault: Fault }) {
	const { host, detail, requestId } = fault;
	if (!detail && !requestId) return null;
	return (
		<details data-memory-only>
			<summary>Details</summary>
			{detail && host && <p>{host} said:</p>}
			{detail && (
				<code>
					<ForeignText text={detail} />
				</code>
			)}
			{requestId && (
				<p>
					Request id <code>{requestId}</code>
				</p>
			)}
		</details>
	);
}

/** Credentials that nobody renews: announced in their last five minutes. */
function ExpiryNotice({ profile }: { readonly profile: ProfileSnapshot }) {
	const platform = usePlatform();
	const { credentialsExpireAt = 0 } = profile;
	const { id, connection } = profile.profile;
	const left = credentialsExpireAt - useNow(credentialsExpireAt);
	if (left > EXPIRY_WARNING_MS || left <= 0) return null;
	return (
		<div class="bar warn">
			<div class="message">
				<strong>The credentials expire in {formatDuration(left)}.</strong> Enter
				new ones before then to keep polling.
			</div>
			<Button
				name={connection ? "Open connection" : "Enter credentials"}
				kind="primary"
				onClick={() =>
					platform.openOptions(connection ? connectionRoute(connection) : id)
				}
			/>
		</div>
	);
}

interface LossBarProps {
	readonly profile: ProfileSnapshot;
	readonly loss: HistoryLoss;
}

/** What the browser has deleted of the history, until the user dismisses it. */
function LossBar({ profile, loss }: LossBarProps) {
	const remote = useRemote();
	const announce = useAnnounce();
	const { id } = profile.profile;
	const dismiss = () =>
		void remote
			.dismissLoss({ id })
			.catch((error: Error) => announce(error.message));
	return (
		<div class="bar warn" role="alert">
			<div class="message">
				<strong>{titleOf(loss)}</strong> This happens when the disk is nearly
				full or site data is cleared. The extension fetches the current
				configuration again; older versions can't be recovered.
			</div>
			<Button name="Dismiss" onClick={dismiss} />
		</div>
	);
}

function titleOf({ what, upTo }: HistoryLoss): string {
	if (what === "bytes")
		return `The browser deleted the stored bytes of version ${upTo}.`;
	return upTo === 1
		? "The browser deleted version 1."
		: `The browser deleted stored versions of this profile, up to version ${upTo}.`;
}
