/** RFC 4648 §4: standard alphabet, padded. */
export function toBase64(bytes: Uint8Array): string {
	const parts: string[] = [];
	// A function takes a limited number of arguments. A multiple of 3 keeps padding out of the middle.
	for (let at = 0; at < bytes.length; at += 24_576)
		parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 24_576))));
	return parts.join("");
}

/** Throws a DOMException if the text is not base64. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/** RFC 4648 §5: the alphabet for URLs, unpadded. */
export function toBase64Url(bytes: Uint8Array): string {
	return toBase64(bytes)
		.replaceAll("+", "-")
		.replaceAll("/", "_")
		.replace(/=+$/, "");
}

/** Throws a DOMException if the text is not base64. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
	return fromBase64(text.replaceAll("-", "+").replaceAll("_", "/"));
}

/** Lower-case digits. */
export function toHex(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(
		"",
	);
}

/** The hash that identifies a version's bytes: SHA-256 as 64 lower-case hex digits. */
export async function sha256(bytes: Uint8Array): Promise<string> {
	const digest = await crypto.subtle.digest(
		"SHA-256",
		bytes as Uint8Array<ArrayBuffer>,
	);
	return toHex(new Uint8Array(digest));
}
