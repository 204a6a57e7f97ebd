import type { Version } from "../../core/history/history.ts";
import { baselineOf } from "../../core/history/last-seen.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { TimelineEntry } from "../../document/blame/timeline.ts";
import {
	formatClock,
	formatDay,
	formatDayTime,
	formatShortAge,
	formatTime,
} from "../components/Age.tsx";
import { Button } from "../components/Button.tsx";
import { EnvironmentLabel } from "../components/EnvironmentLabel.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { moveByArrows } from "../components/keyboard.ts";
import { useAnnounce } from "../components/status.tsx";
import { copyText } from "../copy/clipboard.ts";
import { ChangedValues, styleOfValue } from "../diff/ChangedPath.tsx";
import { useEscape } from "../hooks/use-escape.ts";
import { useAllVersions } from "../version-chooser/VersionChooser.tsx";
import { isNumber, StepLine } from "./StepLine.tsx";
import { toMarkdown } from "./to-markdown.ts";
import { type TimelineState, useTimeline } from "./use-timeline.ts";
import "./timeline.css";

export interface TimelineProps {
	readonly profile: ProfileSnapshot;
	readonly profiles: readonly ProfileSnapshot[];
	/** `$.checkout.freeShippingFrom` */
	readonly jsonPath: string;
	/** Compares two versions of the profile. */
	readonly onCompare: (older: number, newer: number) => void;
	readonly onClose: () => void;
}

/** Every value that a key has had, newest first. */
export function Timeline(props: TimelineProps) {
	const { profile, profiles, jsonPath, onCompare, onClose } = props;
	const { id, application, configurationProfile } = profile.profile;
	const announce = useAnnounce();
	const versions = useAllVersions(profile);
	useEscape(true, onClose);
	const others = profiles.filter(
		(other) =>
			other.profile.id !== id &&
			other.profile.application === application &&
			other.profile.configurationProfile === configurationProfile,
	);
	const timeline = useTimeline({ id, versions, jsonPath, others });
	const { entries, values, isDone, error, unreadable } = timeline;
	const look = baselineOf(profile, versions[0]?.number ?? 0);
	const now = Date.now();
	return (
		<section class="timeline" aria-label="Timeline">
			<header>
				<h2>Timeline</h2>
				<Button
					name="Copy as Markdown"
					icon="copy"
					disabled={entries.length === 0}
					onClick={() =>
						void copyText(
							toMarkdown(jsonPath, entries),
							`${entries.length} rows as Markdown`,
							announce,
						)
					}
				/>
				<Button
					name="Close timeline"
					icon="close"
					bare
					title="Close timeline (Esc)"
					onClick={onClose}
				/>
			</header>
			<div class="timeline-body">
				<p class="timeline-path">
					<code>
						<ForeignText text={jsonPath} />
					</code>
				</p>
				{error && (
					<p class="bar warn" role="alert">
						There is no timeline of this value: <ForeignText text={error} />
					</p>
				)}
				<Current timeline={timeline} now={now} />
				<StepLine
					values={values}
					lastLookAt={look?.at ?? profile.lastSeenAt}
					now={now}
				/>
				<p class="quiet" role="status">
					{statusOf(timeline, versions.length)}
				</p>
				{unreadable.length > 0 && (
					<p class="quiet">
						Not read by key:{" "}
						{unreadable.map((number) => `v${number}`).join(", ")}
					</p>
				)}
				<ol
					class="timeline-entries"
					aria-label="Values, newest first"
					onKeyDown={moveByArrows}
				>
					{entries.map((entry, index) => (
						<Entry
							key={entry.version.number}
							entry={entry}
							isFirstStop={index === 0}
							isLastLook={
								look !== undefined &&
								entry.version.number <= look.number &&
								(entries[index - 1]?.version.number ?? 0) > look.number
							}
							lastLookAt={look?.at}
							now={now}
							onCompare={onCompare}
							before={beforeOf(versions, entry.version)}
						/>
					))}
				</ol>
				{isDone && timeline.elsewhere.length > 0 && (
					<Elsewhere timeline={timeline} now={now} />
				)}
			</div>
		</section>
	);
}

function beforeOf(
	versions: readonly Version[],
	{ number }: Version,
): number | undefined {
	return versions.find((other) => other.number < number)?.number;
}

function statusOf(
	{ entries, values, isDone, error }: TimelineState,
	count: number,
): string {
	if (error) return "";
	if (!isDone) return `Reading, ${values.length} of ${count} versions`;
	if (entries.length === 1)
		return `This key has not changed in the ${count} versions kept.`;
	return `${entries.length} values in ${count} versions`;
}

function Current({
	timeline,
	now,
}: {
	readonly timeline: TimelineState;
	readonly now: number;
}) {
	const [newest] = timeline.values;
	const [change] = timeline.entries;
	if (!newest || !change) return null;
	const { value } = newest;
	const { receivedAt } = change.version;
	return (
		<p class="timeline-current">
			{value === undefined ? (
				<em>missing</em>
			) : (
				<code class={styleOfValue(value)}>
					<ForeignText text={value} />
				</code>
			)}{" "}
			<span class="quiet">
				since {formatDayTime(receivedAt, now)} (
				{formatShortAge(receivedAt, now)})
			</span>
		</p>
	);
}

interface EntryProps {
	readonly entry: TimelineEntry<Version>;
	readonly isFirstStop: boolean;
	/** It was there when the user last looked, and the entry above was not. */
	readonly isLastLook: boolean;
	readonly lastLookAt: number | undefined;
	readonly now: number;
	readonly before: number | undefined;
	readonly onCompare: (older: number, newer: number) => void;
}

function Entry(props: EntryProps) {
	const { entry, isFirstStop, isLastLook, lastLookAt, now } = props;
	const { before, onCompare } = props;
	const { version, from, to, isFirst } = entry;
	const { number, label, receivedAt } = version;
	const kind =
		from === undefined ? "added" : to === undefined ? "removed" : "changed";
	return (
		<li>
			{isLastLook && (
				<p class="last-look">
					Last looked
					{lastLookAt !== undefined && ` ${formatDayTime(lastLookAt, now)}`}
				</p>
			)}
			<button
				type="button"
				data-stop
				class="timeline-entry"
				tabIndex={isFirstStop ? 0 : -1}
				disabled={before === undefined}
				title={
					before === undefined
						? "The first version seen"
						: `Compare v${number} with v${before}`
				}
				onClick={() => {
					if (before !== undefined) onCompare(before, number);
				}}
			>
				<span class="values">
					{from === undefined && to === undefined ? (
						<em class="quiet">missing</em>
					) : (
						<ChangedValues
							item={{
								kind,
								path: "",
								...(from === undefined ? {} : { before: from }),
								...(to === undefined ? {} : { after: to }),
							}}
						/>
					)}
					{percentOf(from, to) && (
						<span class="quiet"> {percentOf(from, to)}</span>
					)}
				</span>
				<span class="time" title={formatTime(receivedAt)}>
					{formatClock(receivedAt)}
				</span>
				<span class="meta">
					<strong>v{number}</strong>
					{label && (
						<>
							{" · "}
							<ForeignText text={label} />
						</>
					)}
					{isFirst && " · first version seen"}, {formatDay(receivedAt, now)}
				</span>
			</button>
		</li>
	);
}

/** `−20 %`; empty unless both are numbers and the first is not 0. */
export function percentOf(
	from: string | undefined,
	to: string | undefined,
): string {
	if (from === undefined || to === undefined) return "";
	if (!isNumber(from) || !isNumber(to) || Number(from) === 0) return "";
	const percent = Math.round(
		((Number(to) - Number(from)) / Math.abs(Number(from))) * 100,
	);
	return `${percent > 0 ? "+" : percent < 0 ? "−" : ""}${Math.abs(percent)} %`;
}

function Elsewhere({
	timeline,
	now,
}: {
	readonly timeline: TimelineState;
	readonly now: number;
}) {
	return (
		<>
			<h3 class="day">The same key elsewhere</h3>
			<ul class="elsewhere">
				{timeline.elsewhere.map(({ entry, value }) => {
					const [live] = entry.versions;
					return (
						<li key={entry.profile.id}>
							<EnvironmentLabel name={entry.profile.environment} />
							<code class={styleOfValue(value ?? "")}>
								{value === undefined ? (
									<em>missing</em>
								) : (
									<ForeignText text={value} />
								)}
							</code>
							{live && (
								<span class="quiet">
									v{live.number}, {formatShortAge(live.receivedAt, now)}
								</span>
							)}
						</li>
					);
				})}
			</ul>
		</>
	);
}
