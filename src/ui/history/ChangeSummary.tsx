import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { useBackgroundClient } from "../background-client/context.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { saveItem } from "../components/preferences.ts";
import {
	summarizeVersionChange,
	summaryKey,
	type VersionChange,
} from "../diff/version-summaries.ts";

export interface ChangeSummaryProps {
	readonly id: ProfileId;
	readonly version: Version;
	/** The version before; absent for the oldest one. */
	readonly before: Version | undefined;
}

/** Describes what changed in a version, as text and as a bar of five steps. */
export function ChangeSummary({ id, version, before }: ChangeSummaryProps) {
	const reader = useBackgroundClient();
	const element = useRef<HTMLSpanElement>(null);
	const change = before && { reader, id, before, version };
	const { text, size } = useSummary(change, element) ?? NOT_YET_KNOWN;
	if (!before)
		return (
			<span class="change-summary">
				<span class="text">First version seen</span>
			</span>
		);
	const title = text && `${text}, compared with version ${before.number}`;
	return (
		<span
			class="change-summary"
			ref={element}
			title={title && escapeInvisible(title)}
		>
			<span class="change-size" data-level={levelOf(size)} aria-hidden="true" />
			<span class="text">{text && <ForeignText text={text} />}</span>
		</span>
	);
}

const NOT_YET_KNOWN: CachedSummary = { text: "", size: -1 };

/** Compares the versions when the row becomes visible for the first time. */
function useSummary(
	change: VersionChange | undefined,
	element: { readonly current: Element | null },
): CachedSummary | undefined {
	const key = change && summaryKey(change.before, change.version);
	const cached = useMemo(
		() => (key ? readCachedSummary(localStorage, key) : undefined),
		[key],
	);
	const [found, setFound] = useState<{ key: string; summary: CachedSummary }>();
	useEffect(() => {
		if (!change || !key || cached || !element.current) return;
		let isCancelled = false;
		const observer = new IntersectionObserver(([entry]) => {
			if (!entry?.isIntersecting) return;
			observer.disconnect();
			summarizeVersionChange(change).then(
				(summary) => {
					cacheSummary(localStorage, key, summary);
					if (!isCancelled) setFound({ key, summary });
				},
				// The version is no longer stored, and its row is removed soon.
				() => undefined,
			);
		});
		observer.observe(element.current);
		return () => {
			isCancelled = true;
			observer.disconnect();
		};
	}, [key]);
	return cached ?? (found?.key === key ? found?.summary : undefined);
}

/** 0 for formatting alone, up to 5 for hundreds of changes; `undefined` while the size is unknown. */
export function levelOf(size: number): number | undefined {
	if (size < 0) return undefined;
	const bounds = [1, 2, 5, 20, 100];
	return bounds.filter((bound) => size >= bound).length;
}

export interface CachedSummary {
	/** `2 changed, 1 added` */
	readonly text: string;
	/** How many values or lines changed. */
	readonly size: number;
}

/** The key in localStorage, where a popup that is opened again finds the summaries. */
const STORAGE_KEY = "summaries";
/** Enough for a few histories. */
const MAX_CACHED = 300;

type Entry = readonly [key: string, text: string, size: number];

export function readCachedSummary(
	storage: Pick<Storage, "getItem">,
	key: string,
): CachedSummary | undefined {
	const found = readEntries(storage).find(([known]) => known === key);
	return found && { text: found[1], size: found[2] };
}

/** Removes the oldest summaries when there are too many. */
export function cacheSummary(
	storage: Pick<Storage, "getItem" | "setItem">,
	key: string,
	{ text, size }: CachedSummary,
): void {
	const others = readEntries(storage).filter(([known]) => known !== key);
	const entries = [...others, [key, text, size] as const].slice(-MAX_CACHED);
	saveItem(storage, STORAGE_KEY, JSON.stringify(entries));
}

function readEntries(storage: Pick<Storage, "getItem">): readonly Entry[] {
	try {
		const entries: unknown = JSON.parse(storage.getItem(STORAGE_KEY) ?? "[]");
		return Array.isArray(entries) ? entries.filter(isEntry) : [];
	} catch {
		// Damaged entries are replaced when the next summary is cached.
		return [];
	}
}

function isEntry(value: unknown): value is Entry {
	return (
		Array.isArray(value) &&
		typeof value[0] === "string" &&
		typeof value[1] === "string" &&
		typeof value[2] === "number"
	);
}
