// What kind of document a configuration is, by its content type: which decides how it is read and shown.

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
