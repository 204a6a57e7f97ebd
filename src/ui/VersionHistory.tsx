// The versions received, newest first: click to look at one, pin to keep it.
import type { ComponentChildren } from "preact";
import type { Version } from "../core/history.ts";
import { exactTime, shortTime } from "./age.ts";
import { moveByArrows } from "./arrow-keys.ts";
import { Icon } from "./Icon.tsx";
import { exactSize, shortSize } from "./size.ts";

export interface VersionHistoryProps {
	/** Newest first. */
	readonly versions: readonly Version[];
	/** Absent while there is nothing to compare with. */
	readonly compare:
		| { readonly isOn: boolean; readonly toggle: () => void }
		| undefined;
	/** Whether the newest is what AppConfig serves now, as far as is known. */
	readonly isLive: boolean;
	/** The number on show. */
	readonly shown: number | undefined;
	readonly onShow: (number: number) => void;
	readonly onPin: (number: number, pinned: boolean) => void;
	/** Under the list. */
	readonly children?: ComponentChildren;
}

export function VersionHistory(props: VersionHistoryProps) {
	const { versions, isLive, shown, compare, onShow, onPin } = props;
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
			</div>
			{versions.length === 0 && (
				<p class="none">Each version that arrives is kept here.</p>
			)}
			<ol reversed aria-labelledby="history" onKeyDown={moveByArrows}>
				{versions.map((version) => (
					<li key={version.number}>
						<button
							type="button"
							data-stop
							class="row"
							aria-current={version.number === shown ? "true" : undefined}
							onClick={() => onShow(version.number)}
						>
							<Row
								version={version}
								badge={version === versions[0] && (isLive ? "live" : "latest")}
							/>
						</button>
						<button
							type="button"
							class="pin"
							aria-pressed={version.pinned}
							aria-label={`Pin version ${version.number}`}
							title={
								version.pinned
									? "Pinned: kept when the history is full"
									: "Pin: keep it when the history is full"
							}
							onClick={() => onPin(version.number, !version.pinned)}
						>
							<Icon name="pin" />
						</button>
					</li>
				))}
			</ol>
			{props.children}
		</section>
	);
}

function Row(props: { version: Version; badge: string | false }) {
	const { version, badge } = props;
	const { number, label, hash, receivedAt, size } = version;
	return (
		<>
			<span class="number">Version {number}</span>
			<span class="label">
				{badge && <span class={`badge ${badge}`}>{badge}</span>}
				{label}
			</span>
			<span class="when" title={exactTime(receivedAt)}>
				{shortTime(receivedAt, Date.now())}
			</span>
			<span class="what">
				<span title={exactSize(size)}>{shortSize(size)}</span>{" "}
				<code>{hash.slice(0, 8)}</code>
			</span>
		</>
	);
}
