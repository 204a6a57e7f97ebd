// What went wrong and what can be done about it: words and buttons.

import { pollPolicy, toIdsOrWildcards } from "../../core/profile/iam-policy.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { Fault } from "../../core/session/fault.ts";
import { formatShortTime } from "../components/age.ts";
import { Button } from "../components/Button.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { copyText } from "../copy/copying.ts";
import { describeCall, explainFault, type Remedy } from "./fault-messages.ts";
import { applyRemedy, type RemedyOptions } from "./remedy.ts";

export interface FaultBarProps extends RemedyOptions {
	readonly fault: Fault;
	readonly profile: ProfileSnapshot;
	readonly say: (text: string) => void;
	/** What the surface can do better itself: answers whether it did. */
	readonly onRemedy?: (remedy: Remedy) => boolean;
}

const REMEDY_BUTTONS: { readonly [K in Remedy]?: string } = {
	edit: "Edit profile",
	credentials: "Enter credentials",
	connection: "Open connection",
	grant: "Grant access",
	retry: "Try again",
};

export function FaultBar(props: FaultBarProps) {
	const { fault, profile, say, onRemedy } = props;
	const { title, advice, remedy: suggested, policyHelps } = explainFault(fault);
	// Those of a connection are given there.
	const isOfConnection =
		suggested === "credentials" && profile.profile.connection;
	const remedy = isOfConnection ? "connection" : suggested;
	const buttonName = REMEDY_BUTTONS[remedy];
	const onRemedyClick = () => {
		if (onRemedy?.(remedy)) return;
		applyRemedy(props, profile, remedy).then(say, (error: Error) =>
			say(error.message),
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
							say,
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
	const words = describeCall(fault, profile.profile);
	return words ? (
		<span class="since">
			<ForeignText text={words} />
		</span>
	) : null;
}

// Clock times, not ages: a text that changes in an alert would be read out again and again.
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
		<span class="since">
			You see the last good configuration, version {versions[0].number},
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
