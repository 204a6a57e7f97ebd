// What a document seems to be by its first bytes and characters, for when the content type says nothing or something else.

import type { DocumentKind } from "./kind.ts";
import { looksLikeYaml } from "./yaml-detection.ts";

/** Those that no text has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROLS = /[\0-\x08\x0e-\x1a\x1c-\x1f]/g;

/** Zero bytes, or more control characters than any text has, in the beginning of it. UTF-16 must be told apart before. */
export function looksBinary(head: string): boolean {
	const controls: readonly string[] = head.match(CONTROLS) ?? [];
	return controls.includes("\0") || controls.length * 10 > head.length;
}

/** `undefined`: nothing but text can be said. JSON is only guessed at by its first character; the reader knows. */
export function detectTextKind(head: string): DocumentKind | undefined {
	const text = head.trimStart();
	if (text.startsWith("$ion_1_0")) return "ion";
	if (/^(\{\s*["}]|\[\s*([\]{["\d-]|(true|false|null)\b))/.test(text))
		return "json";
	if (/^<(\?xml|[a-z_!])/i.test(text)) return "xml";
	return looksLikeYaml(text) ? "yaml" : undefined;
}
