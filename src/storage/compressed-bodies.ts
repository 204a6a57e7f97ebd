/** The record of a version that is not the newest of its profile: its bytes as gzip. */
export interface CompressedBody {
	readonly zipped: Uint8Array<ArrayBuffer>;
}

/**
 * The record of an older version as earlier builds wrote it: a delta to a base, as gzip. The base is a
 * `CompressedBody` under the profile's id and the negative of `number`. Still read; `compressOldBodies` replaces it.
 */
interface DeltaBody {
	readonly number: number;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The record of a version's bytes is none that any build has written, or is damaged. */
export class UnreadableBodyError extends Error {
	override readonly name = "UnreadableBodyError";
}

export function isBytes(value: unknown): value is Uint8Array {
	// Not `instanceof`: bytes from IndexedDB may belong to another realm.
	return Object.prototype.toString.call(value) === "[object Uint8Array]";
}

export function isCompressedBody(value: unknown): value is CompressedBody {
	return isBytes((value as Partial<CompressedBody> | null | undefined)?.zipped);
}

export function isDeltaBody(value: unknown): value is DeltaBody {
	const { number, bytes } = (value ?? {}) as Partial<DeltaBody>;
	return typeof number === "number" && isBytes(bytes);
}

export async function compressBody(body: Uint8Array): Promise<CompressedBody> {
	return { zipped: await pipe(body, new CompressionStream("gzip")) };
}

/**
 * Exactly the bytes that were received. `undefined` when the record, or the base of its delta, is gone. Throws
 * `UnreadableBodyError`. `read` returns the record of the same profile under a number.
 */
export async function decodeBody(
	record: unknown,
	read: (number: number) => Promise<unknown>,
): Promise<Uint8Array | undefined> {
	if (record === undefined || isBytes(record)) return record;
	if (isCompressedBody(record)) return decompress(record.zipped);
	if (!isDeltaBody(record)) throw new UnreadableBodyError();
	const base = await read(-record.number);
	if (base === undefined) return undefined;
	if (!isCompressedBody(base)) throw new UnreadableBodyError();
	return applyDelta(
		await decompress(base.zipped),
		await decompress(record.bytes),
	);
}

async function decompress(zipped: Uint8Array): Promise<Uint8Array> {
	try {
		return await pipe(zipped, new DecompressionStream("gzip"));
	} catch {
		throw new UnreadableBodyError();
	}
}

async function pipe(
	bytes: Uint8Array,
	stream: GenericTransformStream,
): Promise<Uint8Array<ArrayBuffer>> {
	const source = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
	const result = new Response(source.pipeThrough(stream));
	return new Uint8Array(await result.arrayBuffer());
}

/**
 * A delta is a count of runs, three unsigned 32-bit numbers per run (how many new bytes come first; where a run of the
 * base begins; its length), then all new bytes one after the other.
 */
function applyDelta(base: Uint8Array, delta: Uint8Array): Uint8Array {
	try {
		const view = new DataView(delta.buffer, delta.byteOffset, delta.byteLength);
		const runs = view.getUint32(0);
		const parts: Uint8Array<ArrayBuffer>[] = [];
		let added = 4 + 12 * runs;
		for (let run = 0; run < runs; run += 1) {
			const field = (index: number) => view.getUint32(4 + 12 * run + 4 * index);
			const [count, from, length] = [field(0), field(1), field(2)];
			parts.push(delta.slice(added, added + count) as Uint8Array<ArrayBuffer>);
			parts.push(base.slice(from, from + length) as Uint8Array<ArrayBuffer>);
			added += count;
		}
		return concat(parts);
	} catch {
		throw new UnreadableBodyError();
	}
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(
		parts.reduce((sum, { length }) => sum + length, 0),
	);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
