// How far two texts are equal from a place on, forwards or backwards: by chunks, which the engine compares at memory speed.

export interface Texts {
	readonly original: string;
	readonly modified: string;
}

/** A place in both texts. */
export type Place = readonly [original: number, modified: number];

/** A region of both that is the same. */
export interface Shared {
	readonly originalStart: number;
	readonly modifiedStart: number;
	readonly length: number;
}

const CHUNK = 65_536;

/** So few characters are compared one by one. */
const FEW = 8;

/** Equal characters from `place` on, at most `limit`; so many as `first` are looked at to begin with. */
export function equalAhead(
	texts: Texts,
	[i, j]: Place,
	[limit, first = 4096]: readonly [limit: number, first?: number],
): number {
	const { original, modified } = texts;
	let done = 0;
	let size = Math.min(first, limit);
	// Longer and longer pieces while they are equal.
	while (
		original.substring(i + done, i + done + size) ===
		modified.substring(j + done, j + done + size)
	) {
		done += size;
		if (done === limit) return done;
		size = Math.min(size * 4, CHUNK, limit - done);
	}
	// Then halves of the one that is not, down to where a loop finds the place.
	while (size > FEW) {
		const half = size >> 1;
		const isEqual =
			original.substring(i + done, i + done + half) ===
			modified.substring(j + done, j + done + half);
		if (isEqual) done += half;
		size = isEqual ? size - half : half;
	}
	while (original.charCodeAt(i + done) === modified.charCodeAt(j + done))
		done += 1;
	return done;
}

/** Equal characters before `place`, at most `limit`. */
export function equalBehind(
	texts: Texts,
	[i, j]: Place,
	limit: number,
): number {
	let done = 0;
	let size = CHUNK;
	let end = limit;
	while (done < end) {
		const length = Math.min(size, end - done);
		const left = texts.original.substring(i - done - length, i - done);
		const right = texts.modified.substring(j - done - length, j - done);
		if (left === right) done += length;
		else if (length <= FEW) return done + commonEnd(left, right);
		else {
			end = done + length;
			size = Math.max(FEW, length >> 3);
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
