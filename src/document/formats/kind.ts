import { looksLikeYaml } from "./yaml-detection.ts";

export type DocumentKind =
	| "json"
	| "json-lines"
	| "yaml"
	| "xml"
	| "ion"
	| "text"
	| "binary";

/** As sentences name them. */
export const KIND_NAMES: Readonly<Record<DocumentKind, string>> = {
	json: "JSON",
	"json-lines": "JSON Lines",
	yaml: "YAML",
	xml: "XML",
	ion: "Ion",
	text: "text",
	binary: "binary data",
};

/** JSON Lines has no registered type, and goes by many names. https://jsonlines.org, https://github.com/ndjson/ndjson-spec */
const JSON_LINES =
	/^(?:application|text)\/(?:x-)?(?:ndjson|jsonl|json-?lines|json-stream|stream\+json)$/;

/** By the media type alone, parameters and case ignored; `undefined` when it says nothing (absent, octet-stream). */
export function kindOfContentType(
	contentType: string,
): DocumentKind | undefined {
	const media = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
	if (JSON_LINES.test(media)) return "json-lines";
	if (/^(?:application|text)\/(?:x-)?json$/.test(media)) return "json";
	if (media.endsWith("+json")) return "json";
	if (/(^|[/.-])(x-)?ya?ml$/.test(media) || media.endsWith("+yaml"))
		return "yaml";
	if (/^(?:application|text)\/(?:x-)?(?:amazon\.|amzn[.-])?ion$/.test(media))
		return "ion";
	if (/[/+]xml$/.test(media)) return "xml";
	if (media.startsWith("text/")) return "text";
	return undefined;
}

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
