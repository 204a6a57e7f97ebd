/** A key of any kind as text that tells it from every other one. */
export function describeKey(key: unknown): string {
	if (Array.isArray(key)) return `[${key.map(describeKey).join(",")}]`;
	if (key instanceof Date) return `Date ${key.getTime()}`;
	if (key instanceof ArrayBuffer || ArrayBuffer.isView(key)) {
		const bytes = ArrayBuffer.isView(key)
			? new Uint8Array(key.buffer, key.byteOffset, key.byteLength)
			: new Uint8Array(key);
		return `bytes ${[...bytes].join(" ")}`;
	}
	return typeof key === "number" ? String(key) : JSON.stringify(key);
}
