// Bodies that are kept packed: as what distinguishes them from a base, which is kept zipped beside them.
import { isBytes, UnreadableBodyError } from "./body-reader.ts";
import { fromDelta } from "./delta.ts";

/** What stands in the place of a body's bytes. */
export interface Packed {
	/** The base's key is the profile's id and the negative of this; from 1 on. */
	readonly number: number;
	/** What distinguishes it, zipped. */
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What stands under a base's key. */
export interface Base {
	readonly zipped: Uint8Array<ArrayBuffer>;
}

export function isPacked(value: unknown): value is Packed {
	const { number, bytes } = (value ?? {}) as Partial<Packed>;
	return typeof number === "number" && isBytes(bytes);
}

export function isBase(value: unknown): value is Base {
	return isBytes((value as Partial<Base> | null | undefined)?.zipped);
}

/** `undefined` when the version was deleted this moment, and its base with it. Throws an UnreadableBodyError for what is neither. */
export async function readBody(
	database: IDBDatabase,
	id: string,
	packed: unknown,
): Promise<Uint8Array | undefined> {
	if (!isPacked(packed)) throw new UnreadableBodyError();
	const request = database
		.transaction("bodies")
		.objectStore("bodies")
		.get([id, -packed.number]);
	const base = await new Promise<unknown>((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	if (base === undefined) return undefined;
	if (!isBase(base)) throw new UnreadableBodyError();
	return unpack(packed, base).catch(() => {
		throw new UnreadableBodyError();
	});
}

export async function unpack(packed: Packed, base: Base): Promise<Uint8Array> {
	return fromDelta(await unzip(base.zipped), await unzip(packed.bytes));
}

export function zip(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
	return through(new CompressionStream("gzip"), bytes);
}

export function unzip(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
	return through(new DecompressionStream("gzip"), bytes);
}

async function through(
	stream: GenericTransformStream,
	bytes: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
	const source = new Blob([new Uint8Array(bytes)]).stream();
	const result = new Response(source.pipeThrough(stream));
	return new Uint8Array(await result.arrayBuffer());
}
