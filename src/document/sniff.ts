// What a document seems to be by its first bytes and characters, for when the content type says nothing or something else.

import type { DocumentKind } from "./kind.ts";

/** https://amazon-ion.github.io/ion-docs/docs/binary.html: every binary Ion stream begins with this version marker. */
const BINARY_ION = [0xe0, 0x01, 0x00, 0xea];

/** How much is looked at. */
const HEAD = 4096;

export function isBinaryIon(bytes: Uint8Array): boolean {
	return BINARY_ION.every((byte, index) => bytes[index] === byte);
}

/** Zero bytes, or more control characters than any text has. Bytes of UTF-16 must be told apart before. */
export function looksBinary(bytes: Uint8Array): boolean {
	const head = bytes.subarray(0, HEAD);
	const controls = head.filter(
		(byte) => byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b,
	);
	return controls.includes(0) || controls.length * 10 > head.length;
}

/** `undefined`: nothing but text can be said. JSON is only guessed at by its first character; the reader knows. */
export function kindOfText(head: string): DocumentKind | undefined {
	const text = head.slice(0, HEAD).trimStart();
	if (text.startsWith("$ion_1_0")) return "ion";
	if (/^(\{\s*["}]|\[\s*([\]{["\d-]|(true|false|null)\b))/.test(text))
		return "json";
	if (/^<(\?xml|[a-z_!])/i.test(text)) return "xml";
	if (
		/^(%YAML|---\s|[\w."'-]+:(\s|$)[\s\S]*?^(\s*- |\s*[\w."'-]+:(\s|$)))/m.test(
			text,
		)
	)
		return "yaml";
	return undefined;
}
