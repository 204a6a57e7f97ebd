export interface Texts {
	readonly original: string;
	readonly modified: string;
}

/** Offsets in both texts. */
export type Position = readonly [original: number, modified: number];

/** Characters compared at once; the engine compares slices at memory speed. */
const MAX_CHUNK = 65_536;
/** So few characters are compared one by one. */
const MIN_CHUNK = 8;

/**
 * How many characters, at most `limit`, are equal from `position` on.
 * `firstChunk`: how many are compared to begin with.
 */
export function equalAhead(
	texts: Texts,
	[i, j]: Position,
	limit: number,
	firstChunk = 4096,
): number {
	const { original, modified } = texts;
	let done = 0;
	let size = Math.min(firstChunk, limit);
	// The chunks grow while they are equal.
	while (
		original.substring(i + done, i + done + size) ===
		modified.substring(j + done, j + done + size)
	) {
		done += size;
		if (done === limit) return done;
		size = Math.min(size * 4, MAX_CHUNK, limit - done);
	}
	// The chunk that differs is halved until a loop can find the place.
	while (size > MIN_CHUNK) {
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

/** How many characters, at most `limit`, are equal before `position`. */
export function equalBehind(
	texts: Texts,
	[i, j]: Position,
	limit: number,
): number {
	let done = 0;
	let size = MAX_CHUNK;
	let end = limit;
	while (done < end) {
		const length = Math.min(size, end - done);
		const left = texts.original.substring(i - done - length, i - done);
		const right = texts.modified.substring(j - done - length, j - done);
		if (left === right) done += length;
		else if (length <= MIN_CHUNK) return done + commonSuffix(left, right);
		else {
			end = done + length;
			size = Math.max(MIN_CHUNK, length >> 3);
		}
	}
	return done;
}

export function commonPrefix(left: string, right: string): number {
	const limit = Math.min(left.length, right.length);
	let length = 0;
	while (length < limit && left.charCodeAt(length) === right.charCodeAt(length))
		length += 1;
	return length;
}

export function commonSuffix(left: string, right: string): number {
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
