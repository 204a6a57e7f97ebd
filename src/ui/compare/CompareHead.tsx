// Which two versions are compared: the old one left, the new one right.

import { formatShortTime, formatTime } from "../components/age.ts";
import { ForeignText } from "../components/ForeignText.tsx";
import { formatExactSize, formatSize } from "../components/size.ts";
import type { CompareSide } from "./CompareView.tsx";

export interface CompareHeadProps {
	readonly original: CompareSide;
	readonly modified: CompareSide;
}

export function CompareHead(props: CompareHeadProps) {
	return (
		<div class="sides">
			<Side part="Old" side={props.original} />
			<Side part="New" side={props.modified} />
		</div>
	);
}

function Side({ part, side }: { part: string; side: CompareSide }) {
	const { name, label, hash, receivedAt, content } = side;
	return (
		<div class="side">
			<span class="part">{part}</span>{" "}
			<strong>
				<ForeignText text={name} />
			</strong>{" "}
			{label && (
				<span class="label">
					<ForeignText text={label} />
				</span>
			)}{" "}
			<span title={formatTime(receivedAt)}>
				{formatShortTime(receivedAt, Date.now())}
			</span>{" "}
			<span title={formatExactSize(content.bytes.length)}>
				{formatSize(content.bytes.length)}
			</span>{" "}
			<code title={hash}>{hash.slice(0, 8)}</code>
		</div>
	);
}
