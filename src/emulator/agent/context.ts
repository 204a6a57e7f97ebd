import type { EvaluationContext } from "../../flags/rules.ts";
import { decodeHeader } from "../http/messages.ts";

/** The `Context` header: `key=value`, repeated, or several separated by commas. Undefined when it cannot be read. */
export function parseContext(
	header: string | readonly string[] | undefined,
): EvaluationContext | undefined {
	const pairs = [header ?? []]
		.flat()
		.flatMap((text) => decodeHeader(text).split(","))
		.map((text) => text.trim())
		.filter((text) => text !== "");
	const context = new Map<string, string>();
	for (const pair of pairs) {
		const [, key, value] = /^(\w+)=(.*)$/s.exec(pair) ?? [];
		if (key === undefined || value === undefined) return undefined;
		context.set(key, value);
	}
	return context;
}
