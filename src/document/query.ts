// What was typed into the find field: where to look, and the pattern to look for.

export type Scope = "all" | "key" | "value" | "path";

export interface Query {
	readonly scope: Scope;
	/** Global; of a text that was typed as such, also in the escapes that JSON may write it in. */
	readonly pattern: RegExp;
}

export interface QueryOptions {
	readonly matchCase: boolean;
	readonly regex: boolean;
}

const ESCAPED: Readonly<Record<string, string>> = {
	'"': '\\\\"',
	"\\": "\\\\\\\\",
	"/": "\\\\/",
	"\b": "\\\\b",
	"\f": "\\\\f",
	"\n": "\\\\n",
	"\r": "\\\\r",
	"\t": "\\\\t",
};

/** `undefined`: nothing to look for. A pattern that is none is told in words. */
export function parseQuery(
	typed: string,
	options: QueryOptions,
): Query | string | undefined {
	const [, prefix, text = ""] =
		/^(?:(key|value|path):)?(.*)$/s.exec(typed) ?? [];
	if (text === "") return undefined;
	const scope = isScope(prefix) ? prefix : "all";
	const flags = options.matchCase ? "g" : "gi";
	if (!options.regex)
		return {
			scope,
			pattern: new RegExp([...text].map(literal).join(""), flags),
		};
	try {
		return { scope, pattern: new RegExp(text, flags) };
	} catch (error) {
		if (error instanceof SyntaxError)
			return error.message.replace(/^Invalid regular expression: /, "");
		throw error;
	}
}

function isScope(text: string | undefined): text is Scope {
	return text === "key" || text === "value" || text === "path";
}

function literal(char: string): string {
	const plain = char.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&");
	const escapes = ESCAPED[char];
	if (escapes) return `(?:${escapes}|${plain})`;
	if (char < "\u0080") return plain;
	const units = Array.from({ length: char.length }, (_, index) =>
		char.charCodeAt(index).toString(16).padStart(4, "0"),
	);
	return `(?:${plain}|${units.map((unit) => `\\\\u${unit}`).join("")})`;
}
