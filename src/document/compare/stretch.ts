// How far two texts are equal from a place on, forwards or backwards: by chunks, which the engine compares at memory speed.

export interface Texts {
	readonly old: string;
	readonly new: string;
}

/** A place in both texts. */
export type Place = readonly [old: number, new: number];

const CHUNK = 4096;

/** Equal characters from `place` on, at most `limit`. */
export function equalAhead(texts: Texts, [i, j]: Place, limit: number): number {
	let length = 0;
	for (let chunk = 64; length < limit; chunk = Math.min(CHUNK, chunk * 4)) {
		const size = Math.min(chunk, limit - length);
		const left = texts.old.substring(i + length, i + length + size);
		const right = texts.new.substring(j + length, j + length + size);
		if (left !== right) return length + commonStart(left, right);
		length += size;
	}
	return length;
}

/** Equal characters before `place`, at most `limit`. */
export function equalBehind(
	texts: Texts,
	[i, j]: Place,
	limit: number,
): number {
	let length = 0;
	for (let chunk = 64; length < limit; chunk = Math.min(CHUNK, chunk * 4)) {
		const size = Math.min(chunk, limit - length);
		const left = texts.old.substring(i - length - size, i - length);
		const right = texts.new.substring(j - length - size, j - length);
		if (left !== right) return length + commonEnd(left, right);
		length += size;
	}
	return length;
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
