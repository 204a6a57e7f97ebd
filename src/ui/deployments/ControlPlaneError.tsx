// Why the control plane has not answered, and the browser's own question where that is all that is missing.

import {
	deploymentsPolicy,
	toIdsOrWildcards,
} from "../../core/profile/iam-policy.ts";
import type { ControlPlaneFault } from "../../core/protocol/control-plane.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { Result } from "../../core/shared/result.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import type { Platform } from "../background-client/platform.ts";
import { Button } from "../components/Button.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { copyText } from "../copy/copying.ts";
import type { Announce } from "../hooks/use-status.ts";
import { refusalMessage } from "./refusal-messages.ts";

export interface ControlPlaneErrorProps {
	readonly refusal: ControlPlaneFault;
	readonly platform?: Platform;
	readonly onGranted?: () => void;
	/** What was asked about: where IAM refused it, the policy that allows it can be copied. */
	readonly profile: ProfileSnapshot;
	readonly say: Announce;
}

export interface QueryStatusProps
	extends Omit<ControlPlaneErrorProps, "refusal"> {
	readonly result: Result<unknown, ControlPlaneFault> | undefined;
}

/** What stands in place of an answer that is not there yet, or not to be had. */
export function QueryStatus({ result, ...props }: QueryStatusProps) {
	if (!result) return <p class="none">Loading…</p>;
	return result.ok ? null : (
		<ControlPlaneError refusal={result.error} {...props} />
	);
}

export function ControlPlaneError(props: ControlPlaneErrorProps) {
	const { refusal, platform, onGranted, profile, say } = props;
	const { kind, detail } = refusal;
	const request = platform?.requestHost;
	if (kind !== "permission-missing" || !request)
		return (
			<p class="none">
				<ForeignText text={refusalMessage(refusal)} />{" "}
				{refusal.policyHelps && (
					<Button
						name="Copy policy"
						icon="copy"
						onClick={() =>
							void copyText(
								deploymentsPolicy(toIdsOrWildcards(profile.profile), "*"),
								"the policy that deployments and hosted versions need",
								say,
							)
						}
					/>
				)}
			</p>
		);
	const grant = () =>
		void request(detail).then((isGranted) => isGranted && onGranted?.());
	return (
		<p class="none">
			The extension needs access to the host that lists deployments and names.{" "}
			<Button
				name="Grant access"
				title={escapeInvisible(detail)}
				onClick={grant}
			/>
		</p>
	);
}
