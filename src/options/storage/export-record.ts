import type { DamagedRecord } from "../../core/shared/storage-problems.ts";
import { readRawRecord } from "../../storage/body-reader.ts";
import { browser } from "../../ui/background-client/browser.ts";

/** The record as JSON; bytes in it as base64 under `base64`. A version comes with what is stored as its body. */
export async function exportRecord({
	area,
	key,
}: Pick<DamagedRecord, "area" | "key">): Promise<string> {
	if (area === "database")
		throw new Error("A database that cannot be opened cannot be exported.");
	const record =
		area === "local"
			? (await browser.storage.local.get(key))[key]
			: await readRawRecord(area, key);
	const body =
		area === "versions"
			? { body: await readRawRecord("bodies", key).catch(() => undefined) }
			: {};
	return JSON.stringify({ area, key, record, ...body }, writeBytes, 2);
}

function writeBytes(_key: string, value: unknown): unknown {
	if (value instanceof ArrayBuffer)
		return writeBytes("", new Uint8Array(value));
	if (!ArrayBuffer.isView(value))
		return typeof value === "bigint" ? String(value) : value;
	const bytes = new Uint8Array(
		value.buffer,
		value.byteOffset,
		value.byteLength,
	);
	const binary = Array.from(bytes, (byte) => String.fromCharCode(byte));
	return { base64: btoa(binary.join("")) };
}
