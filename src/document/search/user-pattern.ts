import type { Query } from "./query.ts";

/**
 * A regular expression that the user wrote. It may run for ever, so only the worker of the search imports this file.
 * Throws a SyntaxError.
 */
export function compileUserPattern({ text, matchCase }: Query): RegExp {
	return new RegExp(text, matchCase ? "g" : "gi");
}
