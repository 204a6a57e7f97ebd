export type Scope = "all" | "key" | "value" | "path";

export interface QueryOptions {
	readonly matchCase: boolean;
	readonly regex: boolean;
	/** What looks like a scope is text like any other: in a plain text there is nothing that scopes could mean. */
	readonly isPlain?: boolean;
}

export interface Query {
	readonly scope: Scope;
	readonly text: string;
	readonly matchCase: boolean;
	/** `text` is a regular expression. Only a worker that can be stopped runs those: see user-pattern.ts. */
	readonly regex: boolean;
}

/** `undefined`: nothing to look for. */
export function parseQuery(
	typed: string,
	{ matchCase, regex, isPlain }: QueryOptions,
): Query | undefined {
	const scope = isPlain ? "all" : (scopeOf(typed) ?? "all");
	const text = scope === "all" ? typed : typed.slice(scope.length + 1);
	return text === "" ? undefined : { scope, text, matchCase, regex };
}

/** The scope that a text begins with. */
export function scopeOf(typed: string): Exclude<Scope, "all"> | undefined {
	return SCOPES.find((scope) => typed.startsWith(`${scope}:`));
}

const SCOPES = ["key", "value", "path"] as const;

/** Matches the text of a query as typed, in linear time; every match is as long as the text. */
export function literalPattern({ text, matchCase }: Query): RegExp {
	const source = text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
	return new RegExp(source, matchCase ? "g" : "gi");
}
