import { useState } from "preact/hooks";
import type {
	Deployment,
	DeploymentEvent,
} from "../../core/protocol/control-plane.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { useRemote } from "../background-client/context.tsx";
import { formatShortTime, formatTime } from "../components/Age.tsx";
import { Button } from "../components/Button.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { useEscape } from "../hooks/use-escape.ts";
import { QueryStatus, useControlPlane } from "./control-plane.tsx";
import { explainOutdated } from "./explain-outdated.ts";
import { HostedVersions } from "./HostedVersions.tsx";
import "./deployments.css";

export interface DeploymentsProps {
	readonly profile: ProfileSnapshot;
	readonly onClose: () => void;
}

/** The deployments of a profile's environment. They are fetched again when a version arrives, and on a click. */
export function Deployments({ profile, onClose }: DeploymentsProps) {
	const remote = useRemote();
	const { id } = profile.profile;
	useEscape(true, onClose);
	const newest = profile.versions[0]?.number;
	const query = useControlPlane(
		() => remote.listDeployments({ id }),
		`${id} ${newest}`,
	);
	const { result, refetch } = query;
	return (
		<section class="deployments" aria-labelledby="deployments">
			<div class="head">
				<h2 id="deployments">Deployments</h2>
				<Button name="Refresh deployments" icon="poll" bare onClick={refetch} />
			</div>
			<QueryStatus query={query} profile={profile} />
			{result?.ok && result.value.length === 0 && (
				<p class="quiet">Nothing has been deployed to this environment yet.</p>
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
							profile={profile}
						/>
					))}
				</ol>
			)}
			<HostedVersionsToggle profile={profile} />
		</section>
	);
}

function HostedVersionsToggle({
	profile,
}: {
	readonly profile: ProfileSnapshot;
}) {
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
			{isOpen && <HostedVersions profile={profile} />}
		</>
	);
}

function OutdatedReason(props: {
	profile: ProfileSnapshot;
	deployments: readonly Deployment[];
}) {
	const reason = explainOutdated(props.profile, props.deployments, Date.now());
	return reason ? (
		<p class="outdated-reason">
			<ForeignText text={reason} />
		</p>
	) : null;
}

interface DeploymentRowProps extends Pick<DeploymentsProps, "profile"> {
	readonly deployment: Deployment;
}

function DeploymentRow({ deployment, profile }: DeploymentRowProps) {
	const { number, state, percentage, configurationName, startedAt } =
		deployment;
	const [isOpen, setOpen] = useState(false);
	const isUnderWay = state === "DEPLOYING" || state === "BAKING";
	return (
		<li>
			<details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
				<summary>
					<span class="number">#{number}</span>
					<span class="version">
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
				{isOpen && <Events number={number} profile={profile} />}
			</details>
		</li>
	);
}

/** `spring-sale (12)`: the label, and the version's number in its store. */
function versionName({ label, version }: Deployment): string {
	return label ? `${label} (${version})` : (version ?? "");
}

interface EventsProps extends Pick<DeploymentsProps, "profile"> {
	/** Of the deployment. */
	readonly number: number;
}

function Events({ number, profile }: EventsProps) {
	const remote = useRemote();
	const { id } = profile.profile;
	const query = useControlPlane(
		() => remote.listEvents({ id, number }),
		`${id} ${number}`,
	);
	const { result } = query;
	if (!result?.ok) return <QueryStatus query={query} profile={profile} />;
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
		? `, then ${bakeMinutes} min of alarm monitoring`
		: "";
	return `${growthFactor} % at a time, growing ${growth} over ${durationMinutes} min${bake}. AppConfig chooses which clients get it first.`;
}
