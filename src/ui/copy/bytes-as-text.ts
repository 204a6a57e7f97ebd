export function toHex(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(
		"",
	);
}

/** Standard alphabet, padded: RFC 4648 §4. */
export function toBase64(bytes: Uint8Array): string {
	const parts: string[] = [];
	// A function takes a limited number of arguments. A multiple of 3 keeps padding out of the middle.
	for (let at = 0; at < bytes.length; at += 24_576)
		parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 24_576))));
	return parts.join("");
}
