import { useEffect, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import type { ChangedValue } from "../../document/diff/json/changed-values.ts";
import {
	useBackgroundClient,
	useRemote,
} from "../background-client/context.tsx";
import {
	formatClock,
	formatDay,
	formatDayTime,
	formatShortAge,
	formatTime,
} from "../components/Age.tsx";
import { Button, Icon } from "../components/Button.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { useAnnounce } from "../components/status.tsx";
import {
	ChangedPath,
	ChangedValues,
	changeTitle,
	shortenPath,
} from "../diff/ChangedPath.tsx";
import { type ChangeMarks, MAX_MARKS } from "../diff/messages.ts";
import {
	type CachedSummary,
	loadChangeSummary,
	useMarkedChanges,
} from "../diff/use-change-summary.ts";
import { useEscape } from "../hooks/use-escape.ts";
import type { Unseen } from "./baseline.ts";
import "./since.css";

export interface SinceBarProps {
	readonly id: ProfileId;
	readonly unseen: Unseen;
	/** All changes came while the user was looking. */
	readonly isArrival: boolean;
	/** The popup: one line. */
	readonly compact: boolean;
	readonly onShowChanges: () => void;
	/** Is called with what the tree of the newest version shows of the changes. */
	readonly onMarks: (marks: ChangeMarks | undefined) => void;
}

/** Says what has changed since the user last looked, until the user dismisses it. */
export function SinceBar(props: SinceBarProps) {
	const { id, unseen, isArrival, compact, onShowChanges, onMarks } = props;
	const { base, newest } = unseen;
	const dismiss = useDismiss(id, newest);
	const { summary, marks } = useMarkedChanges({
		id,
		before: base,
		version: newest,
	});
	useEffect(() => {
		onMarks(marks);
		return () => onMarks(undefined);
	}, [marks]);
	useEscape(summary !== undefined, dismiss, { isBelow: true });
	if (!summary) return null;
	const isShort = compact || isArrival;
	return (
		<div class={`since${isArrival ? " arrival" : ""}`}>
			<div class="head">
				<span class="message">
					{isShort ? (
						<ShortSentence {...{ unseen, isArrival, summary }} />
					) : (
						<Sentence unseen={unseen} summary={summary} />
					)}
					{marks && marks.omitted > 0 && (
						<> Only the first {MAX_MARKS.toLocaleString()} are marked below.</>
					)}
				</span>
				<Button name="Show changes" onClick={onShowChanges} />
				<button
					type="button"
					class="button bare with-icon"
					aria-label="Dismiss"
					title="Dismiss (Esc)"
					onClick={dismiss}
				>
					<Icon name="close" />
				</button>
			</div>
			{!isShort && summary.items.length > 0 && (
				<Changes id={id} unseen={unseen} summary={summary} />
			)}
			<Pill unseen={unseen} summary={summary} onShowChanges={onShowChanges} />
		</div>
	);
}

interface PillProps extends SentenceProps {
	readonly onShowChanges: () => void;
}

/** `4 changed since yesterday`, where there is no height for the bar. */
function Pill({ unseen, summary, onShowChanges }: PillProps) {
	const { lastLookAt } = unseen;
	const since =
		lastLookAt === undefined
			? "since you last looked"
			: `since ${nameOfDay(lastLookAt, Date.now())}`;
	return (
		<button
			type="button"
			class="pill"
			title="Show changes (Esc dismisses them)"
			onClick={onShowChanges}
		>
			<b>
				{summary.total > 0
					? `${summary.size.toLocaleString()} changed`
					: changesOf(summary)}
			</b>{" "}
			{since}
		</button>
	);
}

/** `yesterday`, `Friday 27 November`; of today, the time. */
function nameOfDay(at: number, now: number): string {
	const day = formatDay(at, now);
	if (day === "Today") return formatClock(at);
	return day === "Yesterday" ? "yesterday" : day;
}

function useDismiss(id: ProfileId, { number }: Version): () => void {
	const remote = useRemote();
	const announce = useAnnounce();
	return () =>
		void remote
			.dismissChanges({ id, number })
			.catch((error: Error) => announce(error.message));
}

interface SentenceProps {
	readonly unseen: Unseen;
	readonly summary: CachedSummary;
}

/** `3 versions since you last looked (yesterday 17:02): 4 keys changed` */
function Sentence({ unseen, summary }: SentenceProps) {
	const { versions, lastLookAt, missing, base } = unseen;
	return (
		<>
			<b>
				{countOf(versions.length, "version")} since{" "}
				<span class={lastLookAt === undefined ? "" : "if-wide"}>
					you last looked
				</span>
			</b>
			{lastLookAt !== undefined && (
				<>
					<span class="if-wide"> (</span>
					{formatDayTime(lastLookAt, Date.now())}
					<span class="if-wide">)</span>
				</>
			)}
			: {changesOf(summary)}
			{missing !== undefined && (
				<span class="missing">
					. Version {missing} is no longer kept, so this compares with version{" "}
					{base.number}.
				</span>
			)}
		</>
	);
}

/** `v15: checkout.enabled true → false`, or `4 keys changed since 11:40: …`. */
function ShortSentence(props: SentenceProps & { readonly isArrival: boolean }) {
	const { unseen, summary, isArrival } = props;
	const { versions, newest, lastLookAt, missing, base } = unseen;
	const [first] = summary.items;
	const time =
		lastLookAt === undefined
			? "you last looked"
			: formatDayTime(lastLookAt, Date.now()).replace(/^today /, "");
	return (
		<>
			<b>
				{isArrival && versions.length === 1
					? `v${newest.number}:`
					: `${changesOf(summary)}`}
			</b>{" "}
			{!(isArrival && versions.length === 1) &&
				(missing === undefined
					? `since ${time}${first ? ": " : ""}`
					: `since version ${base.number}, because version ${missing} is no longer kept${first ? ": " : ""}`)}
			{first ? (
				<ChangedPath item={first} more={summary.total - 1} />
			) : (
				isArrival && versions.length === 1 && changesOf(summary)
			)}
		</>
	);
}

/** `4 keys changed`, `12 lines changed`, `formatting only`. */
export function changesOf({ text, size, unit, items }: CachedSummary): string {
	if (text === "no changes") return "nothing differs any more";
	if (items.length === 0) return text;
	const isAtLeast = text.startsWith("at least");
	return `${isAtLeast ? "at least " : ""}${countOf(size, unit)} changed`;
}

function countOf(count: number, unit: string): string {
	return `${count.toLocaleString()} ${unit}${count === 1 ? "" : "s"}`;
}

/** The first changes, each with the version that it came with, and how many more there are. */
function Changes({ id, unseen, summary }: SentenceProps & { id: ProfileId }) {
	const versionOf = useVersionsOfPaths(id, unseen);
	const more = summary.total - summary.items.length;
	return (
		<ul class="changes">
			{summary.items.map((item) => (
				<li
					key={item.path}
					title={escapeInvisible(changeTitle(item))}
					data-others={
						summary.total > 1 ? `+${summary.total - 1} more` : undefined
					}
				>
					<span class={`sign ${item.kind}`} aria-hidden="true">
						{SIGNS[item.kind]}
					</span>
					<code class="path">
						<bdi dir="ltr">
							<ForeignText text={shortenPath(item.path, MAX_PATH)} />
						</bdi>
					</code>
					<ChangedValues item={item} />
					<VersionOfChange version={versionOf(item.path)} />
				</li>
			))}
			{more > 0 && <li class="more">{more.toLocaleString()} more</li>}
		</ul>
	);
}

const SIGNS = { added: "+", removed: "−", moved: "⇅", changed: "~" } as const;
/** Characters of a path in a row. */
const MAX_PATH = 48;

function VersionOfChange({
	version,
}: {
	readonly version: Version | undefined;
}) {
	if (!version) return null;
	const { number, receivedAt, label } = version;
	const title = [`Version ${number}`, label, formatTime(receivedAt)];
	return (
		<span
			class="when"
			title={escapeInvisible(title.filter(Boolean).join(", "))}
		>
			v{number} · {formatShortAge(receivedAt, Date.now())}
		</span>
	);
}

/** Versions whose changes are looked up, so that a user who was away for long does not wait for all of them. */
const MAX_LOOKED_UP = 12;

/** The newest version that changed a path, as far as the summaries of the versions tell. */
function useVersionsOfPaths(
	id: ProfileId,
	{ base, versions }: Unseen,
): (path: ChangedValue["path"]) => Version | undefined {
	const reader = useBackgroundClient();
	const [found, setFound] = useState<ReadonlyMap<string, Version>>(new Map());
	const numbers = versions.map(({ number }) => number).join();
	useEffect(() => {
		if (versions.length > MAX_LOOKED_UP) return;
		let isCancelled = false;
		const look = async () => {
			const known = new Map<string, Version>();
			for (const [index, version] of versions.entries()) {
				const before = versions[index + 1] ?? base;
				const { items } = await loadChangeSummary(reader, {
					id,
					before,
					version,
				});
				if (isCancelled) return;
				for (const { path } of items)
					if (!known.has(path)) known.set(path, version);
			}
			setFound(known);
		};
		// A version is no longer stored: the rows stay without their versions.
		look().catch(() => undefined);
		return () => {
			isCancelled = true;
		};
	}, [id, base.number, numbers]);
	return (path) => found.get(path);
}
