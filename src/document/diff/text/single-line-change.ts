// Steps over the smallest of changes, which are the most common: one line deleted, inserted or replaced.
import type { Place, Texts } from "./common-prefix.ts";

/** So many equal lines in a row are not an accident. */
export const AGREEMENT = 20;

/** Where both texts agree again; `undefined` when that is further on. */
export function stepOverOne(
	texts: Texts,
	[i, j]: Place,
	end: Place,
): Place | undefined {
	const originalNext = nextLine(texts.original, i, end[0]);
	const modifiedNext = nextLine(texts.modified, j, end[1]);
	const places: readonly Place[] = [
		[originalNext, j],
		[i, modifiedNext],
		[originalNext, modifiedNext],
	];
	return places.find((place) => isAgreedFrom(texts, place, end));
}

function nextLine(text: string, from: number, end: number): number {
	const feed = text.indexOf("\n", from);
	return feed < 0 || feed >= end ? end : feed + 1;
}

function isAgreedFrom(texts: Texts, [i, j]: Place, end: Place): boolean {
	// Most places are wrong, and most of these in their first line.
	const first = nextLine(texts.original, i, end[0]);
	if (!isSame(texts, [i, j], first - i)) return false;
	let next = first;
	let line = 1;
	for (; line < AGREEMENT && next < end[0]; line += 1)
		next = nextLine(texts.original, next, end[0]);
	const length = next - i;
	if (line < AGREEMENT && j + length !== end[1]) return false;
	return j + length <= end[1] && isSame(texts, [i, j], length);
}

function isSame(texts: Texts, [i, j]: Place, length: number): boolean {
	return (
		texts.original.slice(i, i + length) === texts.modified.slice(j, j + length)
	);
}
