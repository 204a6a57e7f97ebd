import { useEffect, useState } from "preact/hooks";
import {
	deploymentsPolicy,
	toIdsOrWildcards,
} from "../../core/profile/iam-policy.ts";
import type { ControlPlaneFault } from "../../core/protocol/control-plane.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { Result } from "../../core/shared/result.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { usePlatform } from "../background-client/context.tsx";
import { Button } from "../components/Button.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { useAnnounce } from "../components/status.tsx";
import { copyText } from "../copy/clipboard.ts";
import { controlPlaneMessage } from "../errors/control-plane-message.ts";

type ControlPlaneResult<T> = Result<T, ControlPlaneFault>;

export interface ControlPlaneQuery<T> {
	/** Absent while the call is made for the first time. */
	readonly result: ControlPlaneResult<T> | undefined;
	refetch(): void;
}

/** Calls the control plane when `key` changes. A result that arrives after the next call was made is dropped. */
export function useControlPlane<T>(
	query: () => Promise<ControlPlaneResult<T>>,
	key: string,
): ControlPlaneQuery<T> {
	const [result, setResult] = useState<ControlPlaneResult<T>>();
	const [attempt, setAttempt] = useState(1);
	useEffect(() => {
		let isCurrent = true;
		const settle = (found: ControlPlaneResult<T>) => {
			if (isCurrent) setResult(found);
		};
		query().then(settle, ({ message }: Error) =>
			settle({ ok: false, error: { kind: "service-error", detail: message } }),
		);
		return () => {
			isCurrent = false;
		};
	}, [key, attempt]);
	return { result, refetch: () => setAttempt(attempt + 1) };
}

export interface QueryStatusProps {
	readonly query: ControlPlaneQuery<unknown>;
	/** The profile that the call is about. */
	readonly profile: ProfileSnapshot;
}

/** Stands in place of a result that is not there yet, or says why there is none. */
export function QueryStatus({ query, profile }: QueryStatusProps) {
	const { result, refetch } = query;
	if (!result) return <p class="quiet">Loading…</p>;
	if (result.ok) return null;
	return (
		<ControlPlaneError
			fault={result.error}
			profile={profile}
			onGranted={refetch}
		/>
	);
}

interface ControlPlaneErrorProps {
	readonly fault: ControlPlaneFault;
	readonly profile: ProfileSnapshot;
	readonly onGranted: () => void;
}

function ControlPlaneError(props: ControlPlaneErrorProps) {
	const { fault, profile, onGranted } = props;
	const { requestHost } = usePlatform();
	const announce = useAnnounce();
	if (fault.kind !== "permission-missing" || !requestHost)
		return (
			<p class="quiet">
				<ForeignText text={controlPlaneMessage(fault)} />{" "}
				{fault.policyHelps && (
					<Button
						name="Copy policy"
						icon="copy"
						onClick={() =>
							void copyText(
								deploymentsPolicy(toIdsOrWildcards(profile.profile), "*"),
								"the policy that deployments and hosted versions need",
								announce,
							)
						}
					/>
				)}
			</p>
		);
	const grant = () =>
		void requestHost(fault.detail).then(
			(isGranted) => isGranted && onGranted(),
		);
	return (
		<p class="quiet">
			To list deployments, the extension needs access to the AppConfig control
			plane.{" "}
			<Button
				name="Grant access"
				title={escapeInvisible(fault.detail)}
				onClick={grant}
			/>
		</p>
	);
}
