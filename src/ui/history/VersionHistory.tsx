import type { ComponentChildren } from "preact";
import type { Version } from "../../core/history/history.ts";
import { baselineOf, type Look } from "../../core/history/last-seen.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import {
	formatClock,
	formatDay,
	formatDayTime,
	formatTime,
} from "../components/Age.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { formatExactSize } from "../components/format.ts";
import { moveByArrows } from "../components/keyboard.ts";
import { LoadError } from "../components/lazy.tsx";
import { useIdle } from "../hooks/use-idle.ts";
import { useModule } from "../hooks/use-module.ts";

export interface VersionHistoryProps {
	readonly profile: ProfileSnapshot;
	/** The popup: it closes when the browser asks for a file. */
	readonly compact: boolean;
	/** Compares two versions of the profile. */
	readonly onCompare: (older: number, newer: number) => void;
	/** Asks which version of any profile to compare a version with. */
	readonly onCompareWith: (number: number) => void;
	/** The number of the version on show. */
	readonly shown: number | undefined;
	/** `undefined` selects the newest version, also when another one becomes that. */
	readonly onShow: (number: number | undefined) => void;
}

/** The rows' tools and summaries, which the first paint does not need. */
async function loadTools() {
	const [history, row, summary] = await Promise.all([
		import("./HistoryTools.tsx"),
		import("./RowTools.tsx"),
		import("./ChangeSummary.tsx"),
	]);
	return { ...history, ...row, ...summary };
}

/** The versions of a profile, newest first. */
export function VersionHistory(props: VersionHistoryProps) {
	const { profile, compact, shown, onShow, onCompare } = props;
	const { onCompareWith } = props;
	const { versions, fault, paused, deletedHash } = profile;
	const { id } = profile.profile;
	const { module: tools, retry } = useModule(useIdle(), loadTools);
	// The version before the oldest one is known only when all versions are here.
	const isComplete = versions.length >= profile.versionCount;
	const isLive = !fault && !paused && deletedHash === undefined;
	const deselect = () => onShow(undefined);
	const hasSelected = versions.some(({ number }) => number === shown);
	const baseline = baselineOf(profile, versions[0]?.number ?? 0);
	const now = Date.now();
	// Rows keep the props of their first render as long as they exist. None of the props may refer to elements, which would keep
	// whole renders in memory.
	return (
		<section class="history">
			<div class="head">
				<h2 id="history" class="visually-hidden">
					Version history
				</h2>
				{tools && (
					<tools.HistoryTools
						profile={profile}
						compact={compact}
						onDeselect={deselect}
					/>
				)}
			</div>
			{retry && <LoadError onRetry={retry} />}
			{versions.length === 0 && (
				<p class="quiet">Versions appear here when they are received.</p>
			)}
			<ol reversed aria-labelledby="history" onKeyDown={moveByArrows}>
				{versions.map((version, index) => {
					const { number } = version;
					const before = versions[index + 1];
					const isSelected = number === shown;
					const dayName = formatDay(version.receivedAt, now);
					const above = versions[index - 1];
					const isFirstOfDay =
						!above || formatDay(above.receivedAt, now) !== dayName;
					return (
						<li key={number}>
							{isFirstOfDay && <h3 class="day">{dayName}</h3>}
							{baseline && isBaseline(baseline, version, above) && (
								<p class="last-look">
									You last looked here
									{baseline.at !== undefined && (
										<>, {formatDayTime(baseline.at, now)}</>
									)}
								</p>
							)}
							<div class="version">
								<button
									type="button"
									data-stop
									class="row"
									aria-current={isSelected ? "true" : undefined}
									tabIndex={
										isSelected || (!hasSelected && index === 0) ? 0 : -1
									}
									onClick={() =>
										before ? onCompare(before.number, number) : onShow(number)
									}
									onKeyDown={(event) => {
										if (isSpace(event)) onShow(number);
									}}
									onKeyUp={isSpace}
								>
									<Row
										version={version}
										badge={index === 0 && (isLive ? "live" : "latest")}
										isNew={baseline !== undefined && number > baseline.number}
									>
										{tools && (before || isComplete) && (
											<tools.ChangeSummary
												id={id}
												version={version}
												before={before}
											/>
										)}
									</Row>
								</button>
								{tools && (
									<tools.RowTools
										profile={profile}
										version={version}
										isSelected={isSelected}
										onDeselect={deselect}
										onShow={onShow}
										onCompare={onCompare}
										onCompareWith={onCompareWith}
									/>
								)}
							</div>
						</li>
					);
				})}
			</ol>
			{tools && (
				<tools.StorageUse
					count={profile.versionCount}
					bytes={profile.versionBytes}
				/>
			)}
		</section>
	);
}

/** Whether Space was pressed, which a button takes for a click: it shows the version, as Enter compares it. */
function isSpace(event: KeyboardEvent): boolean {
	if (event.key !== " ") return false;
	event.preventDefault();
	return true;
}

/** The version that the user saw last; where that was deleted, the newest one before it. */
function isBaseline(
	{ number }: Look,
	version: Version,
	above: Version | undefined,
): boolean {
	return (
		version.number <= number && above !== undefined && above.number > number
	);
}

interface RowProps {
	readonly version: Version;
	readonly badge: "live" | "latest" | false;
	/** Newer than what the user has seen. */
	readonly isNew: boolean;
	/** What changed. */
	readonly children: ComponentChildren;
}

function Row({ version, badge, isNew, children }: RowProps) {
	const { number, label, note, hash, receivedAt, size } = version;
	return (
		<>
			<span class="number" data-new={isNew}>
				<span class="visually-hidden">Version {number}</span>
				<span aria-hidden="true">v{number}</span>
			</span>
			<span class="label">
				{badge && <span class={`badge ${badge}`}>{badge}</span>}
				{label && <ForeignText text={label} />}
			</span>
			<span
				class="time"
				title={`${formatTime(receivedAt)}, ${formatExactSize(size)}, ${hash.slice(0, 8)}`}
			>
				{formatClock(receivedAt)}
			</span>
			<span class="changes">{children}</span>
			{note && (
				<span class="note" title={escapeInvisible(note)}>
					<ForeignText text={note} />
				</span>
			)}
		</>
	);
}
