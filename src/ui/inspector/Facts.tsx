import type { ComponentChildren } from "preact";
import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { Age, formatDayTime, formatTime } from "../components/Age.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { formatExactSize, formatSize } from "../components/format.ts";
import { profileStatus } from "../errors/profile-status.ts";

export interface FactsProps {
	readonly profile: ProfileSnapshot;
	/** On show. */
	readonly version: Version | undefined;
	readonly onCopyHash: (hash: string) => void;
}

/**
 * What is known about the version on show, in one line, the most important first: what does not fit into the line is hidden as a
 * whole (inspector.css).
 */
export function Facts({ profile, version, onCopyHash }: FactsProps) {
	const { contentType, label, hash, size, receivedAt } = version ?? {};
	const { versions, checkedAt } = profile;
	return (
		<dl class="facts">
			<Status profile={profile} isNewest={version === versions[0]} />
			{version && (
				<Fact name="Version" class="version-number">
					<span title={`SHA-256 ${version.hash}`}>v{version.number}</span>
				</Fact>
			)}
			{label && (
				<Fact name="Version label" class="foreign version-label">
					<Foreign text={label} />
				</Fact>
			)}
			{contentType && (
				<Fact name="Content type" class="foreign">
					<Foreign text={contentType} />
				</Fact>
			)}
			{size !== undefined && (
				<Fact name="Size">
					<span title={formatExactSize(size)}>{formatSize(size)}</span>
				</Fact>
			)}
			{receivedAt !== undefined && (
				<Fact name="Received">
					<time
						dateTime={new Date(receivedAt).toISOString()}
						title={formatTime(receivedAt)}
					>
						received{" "}
						{formatDayTime(receivedAt, Date.now()).replace(/^today /, "")}
					</time>
				</Fact>
			)}
			{hash && (
				<Fact name="SHA-256">
					<button
						type="button"
						class="hash"
						title={`SHA-256 ${hash}: click to copy`}
						aria-label={`SHA-256 ${hash.slice(0, 8)}, copy all of it`}
						onClick={() => onCopyHash(hash)}
					>
						{hash.slice(0, 8)}
					</button>
				</Fact>
			)}
			{checkedAt !== undefined && (
				<Fact name="Last checked">
					checked <Age at={checkedAt} />
				</Fact>
			)}
		</dl>
	);
}

/** Whether the version on show is live; if not, why. */
function Status(props: {
	readonly profile: ProfileSnapshot;
	readonly isNewest: boolean;
}) {
	const { tone, text } = profileStatus(props.profile);
	const [shownTone, shownText] = !props.isNewest
		? ["idle", "older version"]
		: text === "new version"
			? [tone, "live"]
			: [tone, text];
	return (
		<Fact name="Status" class={`fact-status ${shownTone}`}>
			<span class={`dot ${shownTone}`} aria-hidden="true" />
			{shownText}
		</Fact>
	);
}

function Foreign({ text }: { text: string }) {
	return (
		<span title={escapeInvisible(text)}>
			<ForeignText text={text} />
		</span>
	);
}

interface FactProps {
	readonly name: string;
	readonly class?: string;
	readonly children: ComponentChildren;
}

function Fact({ name, class: className, children }: FactProps) {
	return (
		<div class={className}>
			<dt class="visually-hidden">{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}
