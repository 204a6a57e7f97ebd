// The deployments of a profile's environment, beside its history: why the old version is still there.
import { useEffect, useState } from "preact/hooks";
import type { Refusal } from "../core/connection/lease.ts";
import type { ControlRemote } from "../core/contract.ts";
import type { Deployment, DeploymentEvent } from "../core/control-plane.ts";
import type { ProfileSnapshot } from "../core/snapshot.ts";
import { exactTime, shortTime } from "./age.ts";
import { Button } from "./Button.tsx";
import type { Platform } from "./platform.ts";
import "./deployments.css";

export interface DeploymentsProps {
	readonly profile: ProfileSnapshot;
	readonly remote: ControlRemote;
	readonly platform: Platform;
}

/** Asked for anew when a version arrives, and on a click. */
export function Deployments(props: DeploymentsProps) {
	const { profile, remote, platform } = props;
	const { id } = profile.profile;
	const [asked, setAsked] = useState(0);
	const newest = profile.versions[0]?.number;
	const answer = useAnswer(
		() => remote.listDeployments({ id }),
		`${id} ${newest} ${asked}`,
	);
	return (
		<section class="deployments" aria-labelledby="deployments">
			<div class="head">
				<h2 id="deployments">Deployments</h2>
				<Button
					name="Refresh deployments"
					icon="poll"
					bare
					onClick={() => setAsked(asked + 1)}
				/>
			</div>
			{!answer && <p class="none">Loading…</p>}
			{answer && !answer.ok && (
				<Refused
					refusal={answer.error}
					platform={platform}
					onGranted={() => setAsked(asked + 1)}
				/>
			)}
			{answer?.ok && answer.value.length === 0 && (
				<p class="none">Nothing was ever deployed to this environment.</p>
			)}
			{answer?.ok && (
				<ol reversed aria-labelledby="deployments">
					{answer.value.map((deployment) => (
						<Row
							key={deployment.number}
							deployment={deployment}
							remote={remote}
							profile={profile}
						/>
					))}
				</ol>
			)}
		</section>
	);
}

interface RefusedProps {
	readonly refusal: Refusal;
	readonly platform: Platform;
	readonly onGranted: () => void;
}

function Refused({ refusal, platform, onGranted }: RefusedProps) {
	const { kind, detail } = refusal;
	if (kind !== "permission-missing" || !platform.requestHost)
		return <p class="none">{wordsOf(refusal)}</p>;
	const grant = () =>
		void platform
			.requestHost?.(detail)
			.then((isGranted) => isGranted && onGranted());
	return (
		<p class="none">
			They are another host's to tell.{" "}
			<Button name="Grant access" title={detail} onClick={grant} />
		</p>
	);
}

interface RowProps extends Pick<DeploymentsProps, "profile" | "remote"> {
	readonly deployment: Deployment;
}

function Row({ deployment, remote, profile }: RowProps) {
	const { number, state, percentage, configurationName, startedAt } =
		deployment;
	const [isOpen, setOpen] = useState(false);
	const isUnderWay = state === "DEPLOYING" || state === "BAKING";
	return (
		<li>
			<details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
				<summary>
					<span class="number">#{number}</span>
					<span class="what">
						{configurationName} {deployment.label ?? deployment.version}
					</span>
					<span class={`state ${TONES[state] ?? ""}`}>
						{STATES[state] ?? state}
						{isUnderWay && ` ${percentage} %`}
					</span>
					{startedAt !== undefined && (
						<time
							dateTime={new Date(startedAt).toISOString()}
							title={exactTime(startedAt)}
						>
							{shortTime(startedAt, Date.now())}
						</time>
					)}
					{isUnderWay && (
						<progress value={percentage} max={100} aria-label="Deployed" />
					)}
				</summary>
				<p>{growthOf(deployment)}</p>
				{isOpen && <Events number={number} remote={remote} profile={profile} />}
			</details>
		</li>
	);
}

function Events({
	number,
	remote,
	profile,
}: Pick<DeploymentsProps, "profile" | "remote"> & { number: number }) {
	const { id } = profile.profile;
	const answer = useAnswer(
		() => remote.listEvents({ id, number }),
		`${id} ${number}`,
	);
	if (!answer) return <p class="none">Loading…</p>;
	if (!answer.ok) return <p class="none">{wordsOf(answer.error)}</p>;
	return (
		<ol aria-label={`Events of deployment ${number}`}>
			{answer.value.map((event, index) => (
				<Event key={index} event={event} />
			))}
		</ol>
	);
}

function Event({ event }: { event: DeploymentEvent }) {
	const { type, description, at } = event;
	return (
		<li class="event">
			{at !== undefined && (
				<time title={exactTime(at)}>{shortTime(at, Date.now())}</time>
			)}{" "}
			{description || type.toLowerCase().replaceAll("_", " ")}
		</li>
	);
}

const STATES: { readonly [state: string]: string } = {
	DEPLOYING: "deploying",
	BAKING: "baking",
	VALIDATING: "validating",
	COMPLETE: "complete",
	ROLLING_BACK: "rolling back",
	ROLLED_BACK: "rolled back",
	REVERTED: "reverted",
};

const TONES: { readonly [state: string]: string } = {
	DEPLOYING: "busy",
	BAKING: "busy",
	VALIDATING: "busy",
	ROLLING_BACK: "bad",
	ROLLED_BACK: "bad",
	REVERTED: "bad",
};

function growthOf(deployment: Deployment): string {
	const { growthType, growthFactor, durationMinutes, bakeMinutes } = deployment;
	if (!durationMinutes) return "All at once.";
	const growth = growthType === "EXPONENTIAL" ? "exponentially" : "evenly";
	const bake = bakeMinutes
		? `, then ${bakeMinutes} min of watching alarms`
		: "";
	return `${growthFactor} % at a time, growing ${growth} over ${durationMinutes} min${bake}. Which of the clients get it meanwhile is AppConfig's choice.`;
}

function wordsOf({ detail }: Refusal): string {
	return detail || "The deployments cannot be seen with these credentials.";
}

// `undefined` until the answer is there; one that comes too late is not taken.
function useAnswer<T>(
	ask: () => Promise<T>,
	key: string,
): T | undefined | { readonly ok: false; readonly error: Refusal } {
	const [answer, setAnswer] = useState<
		T | { readonly ok: false; readonly error: Refusal }
	>();
	useEffect(() => {
		let isCurrent = true;
		const take = (found: NonNullable<typeof answer>) => {
			if (isCurrent) setAnswer(found);
		};
		ask().then(
			(found) => take(found as NonNullable<typeof answer>),
			(error: Error) =>
				take({
					ok: false,
					error: { kind: "access-denied", detail: error.message },
				}),
		);
		return () => {
			isCurrent = false;
		};
	}, [key]);
	return answer;
}
