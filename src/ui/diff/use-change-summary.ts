import { useEffect, useMemo, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import { useBackgroundClient } from "../background-client/context.tsx";
import { SUMMARIES_KEY, saveItem } from "../components/preferences.ts";
import type { ChangeMarks, ChangeSummary } from "./messages.ts";
import {
	markVersionChange,
	summarizeVersionChange,
	summaryKey,
} from "./version-summaries.ts";

/** A summary without its nodes, which belong to a tree in memory. */
export type CachedSummary = Omit<ChangeSummary, "nodes" | "marks">;

export interface SummarizedVersions {
	readonly id: ProfileId;
	readonly version: Version;
	/** An earlier version. */
	readonly before: Version;
}

/**
 * What changed between two versions of a profile; `undefined` until that is known. They are compared once `element` is
 * visible, or at once where there is none. A pair that was compared before is not read again, also after the page is closed.
 */
export function useChangeSummary(
	versions: SummarizedVersions | undefined,
	element?: { readonly current: Element | null },
): CachedSummary | undefined {
	const reader = useBackgroundClient();
	const key = versions && summaryKey(versions.before, versions.version);
	const cached = useMemo(
		() => (key ? readCachedSummary(localStorage, key) : undefined),
		[key],
	);
	const [found, setFound] = useState<{ key: string; summary: CachedSummary }>();
	useEffect(() => {
		if (!versions || !key || cached) return;
		let isCancelled = false;
		const compare = () => {
			loadChangeSummary(reader, versions).then(
				(summary) => {
					if (!isCancelled) setFound({ key, summary });
				},
				// The version is no longer stored, and its row is removed soon.
				() => undefined,
			);
		};
		const cancel = element ? onVisible(element.current, compare) : undefined;
		if (!element) compare();
		return () => {
			isCancelled = true;
			cancel?.();
		};
	}, [key]);
	return cached ?? (found?.key === key ? found?.summary : undefined);
}

/** The cached summary, or a new one. Rejects when a version is no longer stored or the worker fails. */
export async function loadChangeSummary(
	reader: BodyReader,
	{ id, before, version }: SummarizedVersions,
): Promise<CachedSummary> {
	const key = summaryKey(before, version);
	return (
		readCachedSummary(localStorage, key) ??
		cache(key, await summarizeVersionChange({ reader, id, before, version }))
	);
}

export interface MarkedChanges {
	readonly summary: CachedSummary | undefined;
	/** Of the tree of `version`; absent until they are known, and where there is no tree. */
	readonly marks: ChangeMarks | undefined;
}

/** What changed between two versions of a profile, with what a tree shows of it. Both versions are read. */
export function useMarkedChanges(versions: SummarizedVersions): MarkedChanges {
	const reader = useBackgroundClient();
	const key = summaryKey(versions.before, versions.version);
	const cached = useMemo(() => readCachedSummary(localStorage, key), [key]);
	const [found, setFound] = useState<MarkedChanges & { key: string }>();
	useEffect(() => {
		let isCancelled = false;
		markVersionChange({ reader, ...versions }).then(
			(change) => {
				const summary = cache(key, change);
				if (!isCancelled) setFound({ key, summary, marks: change.marks });
			},
			// A version is no longer stored: the history says so.
			() => undefined,
		);
		return () => {
			isCancelled = true;
		};
	}, [key]);
	return found?.key === key ? found : { summary: cached, marks: undefined };
}

function cache(
	key: string,
	{ text, size, unit, items, total }: ChangeSummary,
): CachedSummary {
	const summary = { text, size, unit, items, total };
	cacheSummary(localStorage, key, summary);
	return summary;
}

/** Calls `act` once, when the element is visible. Returns the stop. */
function onVisible(element: Element | null, act: () => void): () => void {
	if (!element) return () => undefined;
	const observer = new IntersectionObserver((entries) => {
		if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
		observer.disconnect();
		act();
	});
	observer.observe(element);
	return () => observer.disconnect();
}

/** Enough for a few histories. */
const MAX_CACHED = 300;

type Entries = ReadonlyMap<string, CachedSummary>;

/** The entries as they were read last, so that a long history does not parse them for each of its rows. */
let parsed: { readonly text: string | null; readonly entries: Entries } = {
	text: null,
	entries: new Map(),
};

export function readCachedSummary(
	storage: Pick<Storage, "getItem">,
	key: string,
): CachedSummary | undefined {
	return readEntries(storage).get(key);
}

/** Removes the oldest summaries when there are too many. */
export function cacheSummary(
	storage: Pick<Storage, "getItem" | "setItem">,
	key: string,
	summary: CachedSummary,
): void {
	const others = [...readEntries(storage)].filter(([known]) => known !== key);
	const entries = [...others, [key, summary] as const].slice(-MAX_CACHED);
	saveItem(storage, SUMMARIES_KEY, JSON.stringify(entries));
}

function readEntries(storage: Pick<Storage, "getItem">): Entries {
	const text = storage.getItem(SUMMARIES_KEY);
	if (text !== parsed.text) parsed = { text, entries: parseEntries(text) };
	return parsed.entries;
}

function parseEntries(text: string | null): Entries {
	try {
		const entries: unknown = JSON.parse(text ?? "[]");
		return new Map(Array.isArray(entries) ? entries.filter(isEntry) : []);
	} catch {
		// Damaged entries are replaced when the next summary is cached.
		return new Map();
	}
}

function isEntry(value: unknown): value is readonly [string, CachedSummary] {
	if (!Array.isArray(value) || typeof value[0] !== "string") return false;
	const summary: Partial<CachedSummary> | null = Object(value[1]);
	return (
		typeof summary?.text === "string" &&
		typeof summary.size === "number" &&
		typeof summary.total === "number" &&
		Array.isArray(summary.items) &&
		summary.items.every(isItem)
	);
}

function isItem(item: unknown): boolean {
	const { path, kind }: { path?: unknown; kind?: unknown } = Object(item);
	return typeof path === "string" && typeof kind === "string";
}
