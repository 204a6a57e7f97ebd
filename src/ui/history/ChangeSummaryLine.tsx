// What changed in a version, on its row: in words, with a marker of how much.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { ForeignText } from "../components/ForeignText.tsx";
import {
	summarizeVersionChange,
	summaryKey,
	type VersionChange,
} from "../diff/version-summaries.ts";
import {
	type CachedSummary,
	cacheSummary,
	readCachedSummary,
} from "./summary-cache.ts";

export interface SummaryProps extends Omit<VersionChange, "before"> {
	/** Absent for the oldest. */
	readonly before: Version | undefined;
}

export function ChangeSummaryLine({ before, ...props }: SummaryProps) {
	if (before) return <Changes {...props} before={before} />;
	return (
		<span class="changes-in">
			<span class="text">First version seen</span>
		</span>
	);
}

function Changes(props: VersionChange) {
	const element = useRef<HTMLSpanElement>(null);
	const { text, size } = useSummary(props, element) ?? NONE_YET;
	const title = text && `${text}, against version ${props.before.number}`;
	return (
		<span
			class="changes-in"
			ref={element}
			title={title && escapeInvisible(title)}
		>
			<span class="weight" data-weight={weightOf(size)} aria-hidden="true" />
			<span class="text">{text && <ForeignText text={text} />}</span>
		</span>
	);
}

const NONE_YET: CachedSummary = { text: "", size: -1 };

/** Compared when the row is in sight for the first time. */
function useSummary(
	step: VersionChange,
	element: { readonly current: Element | null },
): CachedSummary | undefined {
	const key = summaryKey(step.before, step.version);
	const kept = useMemo(() => readCachedSummary(localStorage, key), [key]);
	const [found, setFound] = useState<{ key: string; summary: CachedSummary }>();
	useEffect(() => {
		if (kept || !element.current) return;
		let isWanted = true;
		const observer = new IntersectionObserver(([entry]) => {
			if (!entry?.isIntersecting) return;
			observer.disconnect();
			summarizeVersionChange(step).then(
				(summary) => {
					cacheSummary(localStorage, key, summary);
					if (isWanted) setFound({ key, summary });
				},
				// A version that is gone has nothing to be told of; its row goes as well.
				() => undefined,
			);
		});
		observer.observe(element.current);
		return () => {
			isWanted = false;
			observer.disconnect();
		};
	}, [key]);
	return kept ?? (found?.key === key ? found.summary : undefined);
}

/** 0 for formatting alone, up to 5 for hundreds. */
export function weightOf(size: number): number | undefined {
	if (size < 0) return undefined;
	const bounds = [1, 2, 5, 20, 100];
	return bounds.filter((bound) => size >= bound).length;
}
