// What kind of document a configuration is, by its content type: which decides how it is read and shown.

export type DocumentKind = "json" | "yaml" | "xml" | "ion" | "text" | "binary";

/** By the media type alone, parameters and case ignored; `undefined` when it says nothing (absent, octet-stream). */
export function kindOfContentType(
	contentType: string,
): DocumentKind | undefined {
	const media = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
	if (media === "application/json" || media.endsWith("+json")) return "json";
	if (/(^|[/.-])(x-)?ya?ml$/.test(media) || media.endsWith("+yaml"))
		return "yaml";
	if (media === "application/ion" || media === "text/ion") return "ion";
	if (/[/+]xml$/.test(media)) return "xml";
	if (media.startsWith("text/")) return "text";
	return undefined;
}
