// What has to be kept of bytes when others like them are kept already: runs that are copied, and what is new between them.

/** Bytes that must be the same to be found. */
const WINDOW = 32;
const FACTOR = 0x01000193;
/** What the byte that leaves the window was multiplied by. */
const LEAVING = power(FACTOR, WINDOW - 1);
/** Numbers of 4 bytes for a run: how many new bytes come before it, where it begins in the base, how long it is. */
const FIELDS = 3;
const NUMBER = 4;

/** The base is looked up by windows at every multiple of their length; the target at every byte. */
export function toDelta(base: Uint8Array, target: Uint8Array): Uint8Array {
	const find = index(base);
	const runs: number[] = [];
	const fresh: Uint8Array[] = [];
	let done = 0;
	let at = 0;
	let hash = hashAt(target, 0);
	while (at + WINDOW <= target.length) {
		const found = find(hash);
		if (found < 0 || !isSame([base, found], [target, at])) {
			hash = roll(hash, target[at] ?? 0, target[at + WINDOW] ?? 0);
			at += 1;
			continue;
		}
		let [from, start] = [found, at];
		while (start > done && from > 0 && base[from - 1] === target[start - 1]) {
			from -= 1;
			start -= 1;
		}
		const length = sameAhead([base, from], [target, start]);
		runs.push(start - done, from, length);
		fresh.push(target.subarray(done, start));
		done = start + length;
		at = done;
		hash = hashAt(target, at);
	}
	runs.push(target.length - done, 0, 0);
	fresh.push(target.subarray(done));
	return write(runs, fresh);
}

/** The target again. */
export function fromDelta(base: Uint8Array, delta: Uint8Array): Uint8Array {
	const view = new DataView(delta.buffer, delta.byteOffset, delta.byteLength);
	const count = view.getUint32(0);
	const parts: Uint8Array[] = [];
	let fresh = NUMBER * (1 + count * FIELDS);
	for (let run = 0; run < count; run += 1) {
		const field = (index: number) =>
			view.getUint32(NUMBER * (1 + run * FIELDS + index));
		const [added, from, length] = [field(0), field(1), field(2)];
		parts.push(delta.subarray(fresh, fresh + added));
		parts.push(base.subarray(from, from + length));
		fresh += added;
	}
	return joined(parts);
}

function write(runs: readonly number[], fresh: readonly Uint8Array[]) {
	const head = new Uint8Array(NUMBER * (1 + runs.length));
	const view = new DataView(head.buffer);
	view.setUint32(0, runs.length / FIELDS);
	for (const [index, number] of runs.entries())
		view.setUint32(NUMBER * (1 + index), number);
	return joined([head, ...fresh]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	const length = parts.reduce((sum, part) => sum + part.length, 0);
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

/** Where a window with that hash begins, or −1; of several, one. */
function index(base: Uint8Array): (hash: number) => number {
	let size = 16;
	while (size * WINDOW < base.length * 2) size *= 2;
	const places = new Int32Array(size).fill(-1);
	const slot = (hash: number) =>
		(Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 8) & (size - 1);
	for (let at = 0; at + WINDOW <= base.length; at += WINDOW)
		places[slot(hashAt(base, at))] = at;
	return (hash) => places[slot(hash)] ?? -1;
}

function hashAt(bytes: Uint8Array, from: number): number {
	let hash = 0;
	for (let at = from; at < from + WINDOW; at += 1)
		hash = (Math.imul(hash, FACTOR) + (bytes[at] ?? 0)) | 0;
	return hash;
}

function roll(hash: number, leaving: number, coming: number): number {
	const rest = hash - Math.imul(leaving, LEAVING);
	return (Math.imul(rest, FACTOR) + coming) | 0;
}

function power(factor: number, exponent: number): number {
	let product = 1;
	for (let step = 0; step < exponent; step += 1)
		product = Math.imul(product, factor);
	return product;
}

type Place = readonly [bytes: Uint8Array, at: number];

function isSame([one, from]: Place, [other, at]: Place): boolean {
	for (let index = 0; index < WINDOW; index += 1)
		if (one[from + index] !== other[at + index]) return false;
	return true;
}

function sameAhead([one, from]: Place, [other, at]: Place): number {
	const limit = Math.min(one.length - from, other.length - at);
	let length = 0;
	while (length < limit && one[from + length] === other[at + length])
		length += 1;
	return length;
}
