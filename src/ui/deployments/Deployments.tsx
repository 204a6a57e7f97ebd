// The deployments of a profile's environment, beside its history: why the old version is still there.

import { useState } from "preact/hooks";
import type {
	Deployment,
	DeploymentEvent,
} from "../../core/protocol/control-plane.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { exactTime, shortTime } from "../components/age.ts";
import { Button } from "../components/Button.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { useEscape } from "../hooks/use-escape.ts";
import { NoAnswer } from "./ControlPlaneError.tsx";
import { whyOld } from "./explain-outdated.ts";
import { HostedVersions, type HostedVersionsProps } from "./HostedVersions.tsx";
import { useAnswer } from "./use-control-plane.ts";
import "./deployments.css";

export interface DeploymentsProps extends HostedVersionsProps {
	readonly onClose: () => void;
}

/** Asked for anew when a version arrives, and on a click. */
export function Deployments(props: DeploymentsProps) {
	const { profile, remote, platform, say, onClose } = props;
	const { id } = profile.profile;
	useEscape(true, onClose);
	const newest = profile.versions[0]?.number;
	const { answer, again } = useAnswer(
		() => remote.listDeployments({ id }),
		`${id} ${newest}`,
	);
	return (
		<section class="deployments" aria-labelledby="deployments">
			<div class="head">
				<h2 id="deployments">Deployments</h2>
				<Button name="Refresh deployments" icon="poll" bare onClick={again} />
			</div>
			<NoAnswer {...{ answer, platform, profile, say }} onGranted={again} />
			{answer?.ok && answer.value.length === 0 && (
				<p class="none">Nothing was ever deployed to this environment.</p>
			)}
			{answer?.ok && <Why profile={profile} deployments={answer.value} />}
			{answer?.ok && (
				<ol reversed aria-labelledby="deployments">
					{answer.value.map((deployment) => (
						<Row
							key={deployment.number}
							deployment={deployment}
							remote={remote}
							profile={profile}
							say={say}
						/>
					))}
				</ol>
			)}
			<HostedOnDemand {...props} />
		</section>
	);
}

function HostedOnDemand(props: DeploymentsProps) {
	const [isOpen, setOpen] = useState(false);
	return (
		<>
			<button
				type="button"
				class="row show-deployments"
				aria-expanded={isOpen}
				onClick={() => setOpen(!isOpen)}
			>
				{isOpen ? "Hide hosted versions" : "Show hosted versions"}
			</button>
			{isOpen && <HostedVersions {...props} />}
		</>
	);
}

function Why(props: {
	profile: ProfileSnapshot;
	deployments: readonly Deployment[];
}) {
	const words = whyOld(props.profile, props.deployments, Date.now());
	return words ? (
		<p class="why">
			<ForeignText text={words} />
		</p>
	) : null;
}

interface RowProps
	extends Pick<DeploymentsProps, "profile" | "remote" | "say"> {
	readonly deployment: Deployment;
}

function Row({ deployment, remote, profile, say }: RowProps) {
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
						<ForeignText text={configurationName ?? ""} />{" "}
						<ForeignText text={nameOf(deployment)} />
					</span>
					<span class={`state ${TONES[state] ?? ""}`}>
						{STATES[state] ?? <ForeignText text={state} />}
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
				{isOpen && <Events {...{ number, remote, profile, say }} />}
			</details>
		</li>
	);
}

/** `spring-sale (12)`: its label, and the number that the source knows it by. */
function nameOf({ label, version }: Deployment): string {
	return label ? `${label} (${version})` : (version ?? "");
}

function Events({
	number,
	remote,
	profile,
	say,
}: Omit<RowProps, "deployment"> & { number: number }) {
	const { id } = profile.profile;
	const { answer } = useAnswer(
		() => remote.listEvents({ id, number }),
		`${id} ${number}`,
	);
	if (!answer?.ok) return <NoAnswer {...{ answer, profile, say }} />;
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
			<ForeignText
				text={description || type.toLowerCase().replaceAll("_", " ")}
			/>
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
