import type { ComponentChildren } from "preact";
import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { formatShortTime, formatTime } from "../components/Age.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { formatExactSize, formatSize } from "../components/format.ts";
import { moveByArrows } from "../components/keyboard.ts";
import { LoadError } from "../components/lazy.tsx";
import { useIdle } from "../hooks/use-idle.ts";
import { useModule } from "../hooks/use-module.ts";

export interface VersionHistoryProps {
	readonly profile: ProfileSnapshot;
	/** The popup: it closes when the browser asks for a file. */
	readonly compact: boolean;
	/** Absent while there is no version to compare with. */
	readonly compare:
		| { readonly isOn: boolean; readonly toggle: () => void }
		| undefined;
	/** The number of the selected version. */
	readonly shown: number | undefined;
	/** `undefined` selects the newest version, also when another one becomes that. */
	readonly onShow: (number: number | undefined) => void;
	/** Below the list. */
	readonly children?: ComponentChildren;
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
	const { profile, compact, compare, shown, onShow, children } = props;
	const { versions, fault, paused, deletedHash } = profile;
	const { id } = profile.profile;
	const { module: tools, retry } = useModule(useIdle(), loadTools);
	// The version before the oldest one is known only when all versions are here.
	const isComplete = versions.length >= profile.versionCount;
	const isLive = !fault && !paused && deletedHash === undefined;
	const deselect = () => onShow(undefined);
	const compareWithPrevious = (number: number) => {
		onShow(number);
		if (!compare?.isOn) compare?.toggle();
	};
	// Rows keep the props of their first render as long as they exist. None of the props may refer to `children`, which would
	// keep the elements of whole renders in memory.
	return (
		<section class="history">
			<div class="head">
				<h2 id="history">Version history</h2>
				{compare && (
					<button
						type="button"
						class="button"
						aria-pressed={compare.isOn}
						onClick={compare.toggle}
					>
						Compare
					</button>
				)}
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
					return (
						<li key={number}>
							<button
								type="button"
								data-stop
								class="row"
								aria-current={isSelected ? "true" : undefined}
								onClick={() => onShow(number)}
							>
								<Row
									version={version}
									badge={index === 0 && (isLive ? "live" : "latest")}
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
									onCompare={before && (() => compareWithPrevious(number))}
								/>
							)}
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
			{children}
		</section>
	);
}

interface RowProps {
	readonly version: Version;
	readonly badge: "live" | "latest" | false;
	/** What changed. */
	readonly children: ComponentChildren;
}

function Row({ version, badge, children }: RowProps) {
	const { number, label, note, hash, receivedAt, size } = version;
	return (
		<>
			<span class="number">Version {number}</span>
			<span class="label">
				{badge && <span class={`badge ${badge}`}>{badge}</span>}
				{label && <ForeignText text={label} />}
			</span>
			{note && (
				<span class="note" title={escapeInvisible(note)}>
					<ForeignText text={note} />
				</span>
			)}
			<span class="changes">{children}</span>
			<span class="time" title={formatTime(receivedAt)}>
				{formatShortTime(receivedAt, Date.now())}
			</span>
			<span class="size">
				<span title={formatExactSize(size)}>{formatSize(size)}</span>{" "}
				<code>{hash.slice(0, 8)}</code>
			</span>
		</>
	);
}
