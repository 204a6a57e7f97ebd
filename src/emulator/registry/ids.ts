// Resource ids as AppConfig makes them: seven characters of a–z and 0–9.
import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
const LENGTH = 7;

/** The same id for the same file on every start, so that what was noted down stays true. */
export function toFileId(...path: readonly string[]): string {
	return encodeId(createHash("sha256").update(JSON.stringify(path)).digest());
}

/** An id that `isTaken` does not know. */
export function createId(isTaken: (id: string) => boolean): string {
	for (;;) {
		const id = encodeId(randomBytes(32));
		if (!isTaken(id)) return id;
	}
}

function encodeId(bytes: Uint8Array): string {
	return [...bytes.subarray(0, LENGTH)]
		.map((byte) => ALPHABET[byte % ALPHABET.length])
		.join("");
}
