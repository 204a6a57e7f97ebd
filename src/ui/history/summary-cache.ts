// The words and sizes of summaries, kept in localStorage: a popup opens many times, and what changed stays what it was.
import { saveItem } from "../components/save-item.ts";

export interface CachedSummary {
	/** `2 changed, 1 added` */
	readonly text: string;
	/** How many values, or lines, changed. */
	readonly size: number;
}

const KEY = "summaries";
/** More than the rows of a few histories. */
const MAX_KEPT = 300;

type Entry = readonly [key: string, text: string, size: number];

export function readCachedSummary(
	storage: Pick<Storage, "getItem">,
	key: string,
): CachedSummary | undefined {
	const found = entriesOf(storage).find(([known]) => known === key);
	return found && { text: found[1], size: found[2] };
}

/** The oldest make room. */
export function cacheSummary(
	storage: Pick<Storage, "getItem" | "setItem">,
	key: string,
	{ text, size }: CachedSummary,
): void {
	const others = entriesOf(storage).filter(([known]) => known !== key);
	const entries = [...others, [key, text, size] as const].slice(-MAX_KEPT);
	saveItem(storage, KEY, JSON.stringify(entries));
}

function entriesOf(storage: Pick<Storage, "getItem">): readonly Entry[] {
	try {
		const kept: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
		return Array.isArray(kept) ? kept.filter(isEntry) : [];
	} catch {
		// Somebody else's: it is written anew.
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
