import { toHex } from "./byte-encoding.ts";

/** The hash that identifies a version's bytes: 64 lower-case hex digits. */
export async function sha256(bytes: Uint8Array): Promise<string> {
	const digest = await crypto.subtle.digest(
		"SHA-256",
		bytes as Uint8Array<ArrayBuffer>,
	);
	return toHex(new Uint8Array(digest));
}
