// What was typed into the find field: where to look, and the pattern to look for.

export type Scope = "all" | "key" | "value" | "path";

export interface Query {
	readonly scope: Scope;
	/** Global; of a text that was typed as such, also in the escapes that JSON may write it in. */
	readonly pattern: RegExp;
	/** UTF-16 units of every match, when they are all as long. */
	readonly length?: number;
}

export interface QueryOptions {
	readonly matchCase: boolean;
	readonly regex: boolean;
	/** What looks like a scope is text like any other: in a plain text there is nothing that scopes could mean. */
	readonly isPlain?: boolean;
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
	const scope = options.isPlain ? "all" : (scopeOf(typed) ?? "all");
	const text = scope === "all" ? typed : typed.slice(scope.length + 1);
	if (text === "") return undefined;
	const flags = options.matchCase ? "g" : "gi";
	if (!options.regex) {
		const pattern = new RegExp([...text].map(literal).join(""), flags);
		return isAlways(text)
			? { scope, pattern, length: text.length }
			: { scope, pattern };
	}
	try {
		return { scope, pattern: new RegExp(text, flags) };
	} catch (error) {
		if (error instanceof SyntaxError)
			return error.message.replace(/^Invalid regular expression: /, "");
		throw error;
	}
}

/** The scope that a text begins with. */
export function scopeOf(typed: string): Exclude<Scope, "all"> | undefined {
	return SCOPES.find((scope) => typed.startsWith(`${scope}:`));
}

const SCOPES = ["key", "value", "path"] as const;

/** Whether a text is written in one way alone: without characters that JSON escapes, or may escape. */
function isAlways(text: string): boolean {
	return /^[ !#-.0-[\]-~]*$/.test(text);
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
