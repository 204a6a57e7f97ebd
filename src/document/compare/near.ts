// Steps over the smallest of changes, which are the most common: one line deleted, inserted or replaced.
import type { Place, Texts } from "./stretch.ts";

/** So many equal lines in a row are not an accident. */
export const AGREEMENT = 20;

/** Where both texts agree again; `undefined` when that is further on. */
export function stepOverOne(
	texts: Texts,
	[i, j]: Place,
	end: Place,
): Place | undefined {
	const oldNext = nextLine(texts.old, i, end[0]);
	const newNext = nextLine(texts.new, j, end[1]);
	const places: readonly Place[] = [
		[oldNext, j],
		[i, newNext],
		[oldNext, newNext],
	];
	return places.find((place) => isAgreedFrom(texts, place, end));
}

function nextLine(text: string, from: number, end: number): number {
	const feed = text.indexOf("\n", from);
	return feed < 0 || feed >= end ? end : feed + 1;
}

function isAgreedFrom(texts: Texts, [i, j]: Place, end: Place): boolean {
	let [old, fresh] = [i, j];
	for (let line = 0; line < AGREEMENT; line += 1) {
		if (old === end[0] && fresh === end[1]) return true;
		const next = nextLine(texts.old, old, end[0]);
		const length = next - old;
		if (length === 0 || fresh + length > end[1]) return false;
		if (texts.old.slice(old, next) !== texts.new.slice(fresh, fresh + length))
			return false;
		old = next;
		fresh += length;
	}
	return true;
}
