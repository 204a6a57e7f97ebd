import type { RE2JS } from "re2js";

/** The library that compiles patterns. It is loaded when the first pattern is compiled: most documents have none. */
export type RegularExpressions = typeof RE2JS;

/** A pattern of the operator `matches`. Its time is linear in the text, for every pattern. */
export interface RegularExpression {
	test(text: string): boolean;
	/** Steps that a test takes at most for each character of the text. */
	readonly size: number;
}

/** A repetition is compiled as often as it repeats: `(a{1000}b{1000})` has 2,000 steps. */
const MAX_STEPS = 20_000;

/** Throws an Error whose message says what is wrong. */
export function compileRegularExpression(
	pattern: string,
	load: () => RegularExpressions,
): RegularExpression {
	const size = estimateSize(pattern);
	if (size > MAX_STEPS)
		throw new Error(`it has ${size} steps, and ${MAX_STEPS} is the limit`);
	const engine = load();
	const compiled = engine.compile(engine.translateRegExp(pattern));
	return { test: (text) => compiled.test(text), size };
}

/** An upper bound of the steps of the compiled pattern, found without compiling it. Meaningless for an invalid pattern. */
function estimateSize(pattern: string): number {
	const outer: number[] = [];
	let total = 0;
	let last = 0;
	const next = createTokenizer(pattern);
	for (let token = next(); token !== undefined; token = next()) {
		const [, from, to] = /^\{(\d+),?(\d*)\}$/.exec(token) ?? [];
		if (token === "(") {
			outer.push(total);
			total = 0;
			last = 0;
		} else if (token === ")") {
			last = total + 2;
			total = (outer.pop() ?? 0) + last;
		} else if (from !== undefined) {
			const repeated = last * Math.max(1, Number(from), Number(to || 0));
			total += repeated - last;
			last = repeated;
		} else {
			last = token.length > 2 && token.startsWith("\\Q") ? token.length : 1;
			total += last;
		}
	}
	return outer.reduce((sum, one) => sum + one, total);
}

/** The next token, or undefined at the end. A class, an escape, a quotation and a repetition are one token each. */
function createTokenizer(pattern: string): () => string | undefined {
	let at = 0;
	return () => {
		const start = at;
		if (start >= pattern.length) return undefined;
		const character = pattern[start];
		if (character === "[") at = endOfClass(pattern, start);
		else if (pattern.startsWith("\\Q", start))
			at = endOf(pattern, start, "\\E");
		else if (/^\\[xpPu]\{/.test(pattern.slice(start, start + 3)))
			at = endOf(pattern, start, "}");
		else if (character === "\\") at = start + 2;
		else {
			const [repetition = " "] =
				/^\{\d+,?\d*\}/.exec(pattern.slice(start, start + 20)) ?? [];
			at = start + repetition.length;
		}
		return pattern.slice(start, at);
	};
}

function endOf(pattern: string, start: number, end: string): number {
	const found = pattern.indexOf(end, start);
	return found === -1 ? pattern.length : found + end.length;
}

function endOfClass(pattern: string, start: number): number {
	let at = start + 1;
	if (pattern[at] === "^") at += 1;
	// A bracket that comes first stands for itself.
	if (pattern[at] === "]") at += 1;
	for (; at < pattern.length && pattern[at] !== "]"; at += 1) {
		if (pattern[at] === "\\") at += 1;
		else if (pattern.startsWith("[:", at)) {
			const end = pattern.indexOf(":]", at);
			if (end !== -1 && end < at + 20) at = end + 1;
		}
	}
	return at + 1;
}
