// How far two texts are equal from a place on, forwards or backwards: by chunks, which the engine compares at memory speed.

export interface Texts {
	readonly old: string;
	readonly new: string;
}

/** A place in both texts. */
export type Place = readonly [old: number, new: number];

const CHUNK = 4096;

/** So few characters are compared one by one. */
const FEW = 32;

/** Equal characters from `place` on, at most `limit`; so many as `first` are looked at to begin with. */
export function equalAhead(
	texts: Texts,
	[i, j]: Place,
	[limit, first = 64]: readonly [limit: number, first?: number],
): number {
	return measure(
		[limit, first],
		(done, size) => [
			texts.old.substring(i + done, i + done + size),
			texts.new.substring(j + done, j + done + size),
		],
		commonStart,
	);
}

/** Equal characters before `place`, at most `limit`. */
export function equalBehind(
	texts: Texts,
	[i, j]: Place,
	limit: number,
): number {
	return measure(
		[limit, 64],
		(done, size) => [
			texts.old.substring(i - done - size, i - done),
			texts.new.substring(j - done - size, j - done),
		],
		commonEnd,
	);
}

type Cut = (done: number, size: number) => readonly [string, string];

/** Longer and longer pieces while they are equal, then shorter and shorter ones around the place where they are not. */
function measure(
	[limit, first]: readonly [number, number],
	cut: Cut,
	common: typeof commonStart,
): number {
	let done = 0;
	let size = first;
	let end = limit;
	while (done < end) {
		const [left, right] = cut(done, Math.min(size, end - done));
		if (left === right) {
			done += left.length;
			if (end === limit) size = Math.min(CHUNK, size * 4);
		} else if (left.length <= FEW) return done + common(left, right);
		else {
			end = done + left.length;
			size = Math.max(FEW, left.length >> 2);
		}
	}
	return done;
}

export function commonStart(left: string, right: string): number {
	const limit = Math.min(left.length, right.length);
	let length = 0;
	while (length < limit && left.charCodeAt(length) === right.charCodeAt(length))
		length += 1;
	return length;
}

export function commonEnd(left: string, right: string): number {
	const limit = Math.min(left.length, right.length);
	let length = 0;
	while (
		length < limit &&
		left.charCodeAt(left.length - 1 - length) ===
			right.charCodeAt(right.length - 1 - length)
	)
		length += 1;
	return length;
}
