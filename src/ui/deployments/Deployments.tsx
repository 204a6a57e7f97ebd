// The deployments of a profile's environment, beside its history: why the old version is still there.

import { useState } from "preact/hooks";
import type {
	Deployment,
	DeploymentEvent,
} from "../../core/protocol/control-plane.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { formatShortTime, formatTime } from "../components/age.ts";
import { Button } from "../components/Button.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { useEscape } from "../hooks/use-escape.ts";
import { QueryStatus } from "./ControlPlaneError.tsx";
import { explainOutdated } from "./explain-outdated.ts";
import { HostedVersions, type HostedVersionsProps } from "./HostedVersions.tsx";
import { useControlPlane } from "./use-control-plane.ts";
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
	const { result, refetch } = useControlPlane(
		() => remote.listDeployments({ id }),
		`${id} ${newest}`,
	);
	return (
		<section class="deployments" aria-labelledby="deployments">
			<div class="head">
				<h2 id="deployments">Deployments</h2>
				<Button name="Refresh deployments" icon="poll" bare onClick={refetch} />
			</div>
			<QueryStatus
				{...{ result, platform, profile, say }}
				onGranted={refetch}
			/>
			{result?.ok && result.value.length === 0 && (
				<p class="none">Nothing was ever deployed to this environment.</p>
			)}
			{result?.ok && (
				<OutdatedReason profile={profile} deployments={result.value} />
			)}
			{result?.ok && (
				<ol reversed aria-labelledby="deployments">
					{result.value.map((deployment) => (
						<DeploymentRow
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

function OutdatedReason(props: {
	profile: ProfileSnapshot;
	deployments: readonly Deployment[];
}) {
	const words = explainOutdated(props.profile, props.deployments, Date.now());
	return words ? (
		<p class="why">
			<ForeignText text={words} />
		</p>
	) : null;
}

interface DeploymentRowProps
	extends Pick<DeploymentsProps, "profile" | "remote" | "say"> {
	readonly deployment: Deployment;
}

function DeploymentRow({
	deployment,
	remote,
	profile,
	say,
}: DeploymentRowProps) {
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
						<ForeignText text={versionName(deployment)} />
					</span>
					<span class={`state ${TONES[state] ?? ""}`}>
						{STATES[state] ?? <ForeignText text={state} />}
						{isUnderWay && ` ${percentage} %`}
					</span>
					{startedAt !== undefined && (
						<time
							dateTime={new Date(startedAt).toISOString()}
							title={formatTime(startedAt)}
						>
							{formatShortTime(startedAt, Date.now())}
						</time>
					)}
					{isUnderWay && (
						<progress value={percentage} max={100} aria-label="Deployed" />
					)}
				</summary>
				<p>{describeStrategy(deployment)}</p>
				{isOpen && <Events {...{ number, remote, profile, say }} />}
			</details>
		</li>
	);
}

/** `spring-sale (12)`: its label, and the number that the source knows it by. */
function versionName({ label, version }: Deployment): string {
	return label ? `${label} (${version})` : (version ?? "");
}

function Events({
	number,
	remote,
	profile,
	say,
}: Omit<DeploymentRowProps, "deployment"> & { number: number }) {
	const { id } = profile.profile;
	const { result } = useControlPlane(
		() => remote.listEvents({ id, number }),
		`${id} ${number}`,
	);
	if (!result?.ok) return <QueryStatus {...{ result, profile, say }} />;
	return (
		<ol aria-label={`Events of deployment ${number}`}>
			{result.value.map((event, index) => (
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
				<time title={formatTime(at)}>{formatShortTime(at, Date.now())}</time>
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

function describeStrategy(deployment: Deployment): string {
	const { growthType, growthFactor, durationMinutes, bakeMinutes } = deployment;
	if (!durationMinutes) return "All at once.";
	const growth = growthType === "EXPONENTIAL" ? "exponentially" : "evenly";
	const bake = bakeMinutes
		? `, then ${bakeMinutes} min of watching alarms`
		: "";
	return `${growthFactor} % at a time, growing ${growth} over ${durationMinutes} min${bake}. Which of the clients get it meanwhile is AppConfig's choice.`;
}
