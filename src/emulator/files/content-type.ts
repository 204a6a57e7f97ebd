// Content types by file extension, and the AppConfig Agent's `.type%subtype` spelling.
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-agent-how-to-use-local-development.html

const BY_EXTENSION = new Map([
	["json", "application/json"],
	["yaml", "application/x-yaml"],
	["yml", "application/x-yaml"],
	["txt", "text/plain"],
	["xml", "application/xml"],
]);

export const UNKNOWN_CONTENT_TYPE = "application/octet-stream";

export function toContentType(extension: string): string {
	const known = BY_EXTENSION.get(extension.toLowerCase());
	if (known) return known;
	const [type, subtype, ...parameters] = extension.split("%");
	if (!type || !subtype) return UNKNOWN_CONTENT_TYPE;
	const spelt = [`${type}/${subtype}`, ...parameters].join("; ");
	return /^[\w.+-]+\/[\w.+-]+(; [\w.+-]+=[\w.+-]+)*$/.test(spelt)
		? spelt
		: UNKNOWN_CONTENT_TYPE;
}
