export const BYTES_PER_ROW = 16;

export interface HexRow {
	readonly offset: string;
	readonly hex: string;
	readonly ascii: string;
}

export function hexRow(bytes: Uint8Array, row: number): HexRow {
	const start = row * BYTES_PER_ROW;
	const slice = Array.from(bytes.subarray(start, start + BYTES_PER_ROW));
	return {
		offset: start.toString(16).padStart(8, "0"),
		hex: slice
			.map((byte) => byte.toString(16).padStart(2, "0"))
			.join(" ")
			.padEnd(BYTES_PER_ROW * 3 - 1),
		ascii: slice
			.map((byte) =>
				byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·",
			)
			.join(""),
	};
}
