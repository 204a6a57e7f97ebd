import type { Version } from "../../core/history/history.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { Age, formatShortTime, formatTime } from "../components/Age.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { formatExactSize, formatSize } from "../components/format.ts";

export interface FactsProps {
	readonly version: Version | undefined;
	/** Epoch ms of the last poll that succeeded. */
	readonly checkedAt: number | undefined;
	readonly onCopyHash: (hash: string) => void;
}

/** What is known about the version on show, in one line. */
export function Facts({ version, checkedAt, onCopyHash }: FactsProps) {
	const { contentType, label, hash, size, receivedAt } = version ?? {};
	return (
		<dl class="facts">
			<Fact name="Content type">
				{contentType && <Foreign text={contentType} />}
			</Fact>
			<Fact name="Version label">{label && <Foreign text={label} />}</Fact>
			<Fact name="SHA-256">
				{hash && (
					<button
						type="button"
						class="hash"
						title={`${hash} — click to copy`}
						aria-label={`SHA-256 ${hash.slice(0, 8)}, copy all of it`}
						onClick={() => onCopyHash(hash)}
					>
						{hash.slice(0, 8)}
					</button>
				)}
			</Fact>
			<Fact name="Size">
				{size !== undefined && (
					<span title={formatExactSize(size)}>{formatSize(size)}</span>
				)}
			</Fact>
			<Fact name="Received">
				{receivedAt && (
					<time
						dateTime={new Date(receivedAt).toISOString()}
						title={formatTime(receivedAt)}
					>
						{formatShortTime(receivedAt, Date.now())}
					</time>
				)}
			</Fact>
			<Fact name="Last checked">{checkedAt && <Age at={checkedAt} />}</Fact>
		</dl>
	);
}

function Foreign({ text }: { text: string }) {
	return (
		<span title={escapeInvisible(text)}>
			<ForeignText text={text} />
		</span>
	);
}

function Fact(props: { name: string; children?: preact.ComponentChildren }) {
	return (
		<div>
			<dt>{props.name}</dt>
			<dd>{props.children || <span class="quiet">–</span>}</dd>
		</div>
	);
}
