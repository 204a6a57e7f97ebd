// The versions received, newest first: click to look at one. What else can be done to them is loaded when the page is at rest.

import type { ComponentChildren } from "preact";
import type { Version } from "../../core/history/history.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { formatShortTime, formatTime } from "../components/age.ts";
import { moveByArrows } from "../components/arrow-keys.ts";
import { ForeignText } from "../components/ForeignText.tsx";
import { LoadError } from "../components/lazy.tsx";
import { formatExactSize, formatSize } from "../components/size.ts";
import { useIdle } from "../hooks/use-idle.ts";
import { useModule } from "../hooks/use-module.ts";
import type { HistoryOptions } from "./commands.ts";

export interface VersionHistoryProps extends HistoryOptions {
	/** Absent while there is nothing to compare with. */
	readonly compare:
		| { readonly isOn: boolean; readonly toggle: () => void }
		| undefined;
	/** The number on show. */
	readonly shown: number | undefined;
	/** `undefined`: the newest, whichever that is. */
	readonly onShow: (number: number | undefined) => void;
	/** Under the list. */
	readonly children?: ComponentChildren;
}

const loadMore = () => import("./history-more.ts");

export function VersionHistory(props: VersionHistoryProps) {
	const { profile, compare, shown, onShow, children } = props;
	const { remote, reader, platform, compact, say } = props;
	// Rows live as long as their versions, and their effects keep the props of
	// their first render: never pass them `children`, or any other bag of props
	// that leads to the elements of a whole render.
	const options = { profile, remote, reader, platform, compact, say };
	const { versions, fault, paused, deletedHash } = profile;
	// Until all are here, of the last one it is not known what was before it.
	const isWhole = versions.length >= profile.versionCount;
	const { id } = profile.profile;
	const { module: more, retry } = useModule(useIdle(), loadMore);
	// As far as is known.
	const isLive = !fault && !paused && deletedHash === undefined;
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
				{more && <more.HistoryTools {...options} onShow={onShow} />}
			</div>
			{retry && <LoadError onRetry={retry} />}
			{versions.length === 0 && (
				<p class="quiet">Each version that arrives is kept here.</p>
			)}
			<ol reversed aria-labelledby="history" onKeyDown={moveByArrows}>
				{versions.map((version, index) => {
					const { number } = version;
					const before = versions[index + 1];
					return (
						<li key={number}>
							<button
								type="button"
								data-stop
								class="row"
								aria-current={number === shown ? "true" : undefined}
								onClick={() => onShow(number)}
							>
								<Row
									version={version}
									badge={index === 0 && (isLive ? "live" : "latest")}
								>
									{more && (before || isWhole) && (
										<more.ChangeSummaryLine
											{...{ id, before, version, reader }}
										/>
									)}
								</Row>
							</button>
							{more && (
								<more.RowTools
									{...options}
									{...{ compare, shown, onShow, version, before }}
								/>
							)}
						</li>
					);
				})}
			</ol>
			{more && (
				<more.StorageUse
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
	readonly badge: string | false;
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
			<span class="when" title={formatTime(receivedAt)}>
				{formatShortTime(receivedAt, Date.now())}
			</span>
			<span class="size">
				<span title={formatExactSize(size)}>{formatSize(size)}</span>{" "}
				<code>{hash.slice(0, 8)}</code>
			</span>
		</>
	);
}
