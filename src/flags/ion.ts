import type { IonType, Reader } from "ion-js";

/** The part of ion-js that is needed. It is a parameter because it is large: each program loads it when it first needs it. */
export type IonLibrary = Pick<typeof import("ion-js"), "makeReader">;

/** https://amazon-ion.github.io/ion-docs/docs/spec.html */
export type IonValue = IonContent & {
	readonly annotations: readonly string[];
	/** Set in the items of a struct, where names may be repeated. */
	readonly fieldName?: string;
};

export type IonContent =
	/** `nullType` is `int` in `null.int`, and `null` in a plain `null`. */
	| { readonly type: "null"; readonly nullType: string }
	| { readonly type: "bool"; readonly value: boolean }
	| { readonly type: "string" | "symbol"; readonly text: string }
	| IonNumber
	| { readonly type: "timestamp"; readonly text: string }
	| { readonly type: "blob" | "clob"; readonly bytes: Uint8Array }
	| {
			readonly type: "list" | "sexp" | "struct";
			readonly items: readonly IonValue[];
	  };

export interface IonNumber {
	readonly type: "int" | "float" | "decimal";
	/** As spelled in the document; of binary Ion, which has no spelling, the usual one. */
	readonly text: string;
}

/** The message continues a sentence whose subject is the document: `lacks a comma at line 1, character 7`. */
export class IonError extends Error {}

/** Levels of nesting; reading, converting and evaluating call themselves for each. */
const MAX_DEPTH = 1_000;

const VERSION_MARKER = [0xe0, 0x01, 0x00, 0xea];

/** Every binary Ion stream begins with a version marker. https://amazon-ion.github.io/ion-docs/docs/binary.html */
export function isBinaryIon(bytes: Uint8Array): boolean {
	return VERSION_MARKER.every((byte, index) => bytes[index] === byte);
}

/** All values of a document in text or binary form, with comments left out. Throws IonError. */
export function readIon(
	{ makeReader }: IonLibrary,
	source: string | Uint8Array,
	maxDepth = MAX_DEPTH,
): IonValue[] {
	let reader: Reader | undefined;
	try {
		reader = makeReader(source);
		const end = typeof source === "string" ? undefined : source.length;
		return readItems(reader, { maxDepth, end, isStruct: false });
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		const at = reader?.position() ?? 0;
		throw new IonError(
			typeof source === "string"
				? // The reader stands behind the character that it did not expect.
					`${explain(reason, source, at)} at ${placeOf(source, at - 1)}`
				: `is not valid Ion: ${reason} (at byte ${at})`,
			{ cause },
		);
	}
}

interface Container {
	readonly maxDepth: number;
	/** Length of a binary document. */
	readonly end: number | undefined;
	readonly isStruct: boolean;
}

function readItems(reader: Reader, container: Container): IonValue[] {
	const { end, isStruct } = container;
	const items: IonValue[] = [];
	for (;;) {
		const type = reader.next();
		// The library would go on reading nulls, up to the length that an incomplete container declares.
		if (end !== undefined && reader.position() > end)
			throw new RangeError("The document is incomplete.");
		if (type === null) return items;
		const annotations = reader.annotations();
		const fieldName = isStruct ? (reader.fieldName() ?? "") : undefined;
		items.push({
			...readContent(reader, type, container),
			annotations,
			...(fieldName === undefined ? {} : { fieldName }),
		});
	}
}

function readContent(
	reader: Reader,
	type: IonType,
	container: Container,
): IonContent {
	const name = type.name as IonContent["type"];
	if (reader.isNull()) return { type: "null", nullType: name };
	switch (name) {
		case "list":
		case "sexp":
		case "struct": {
			const { maxDepth } = container;
			if (reader.depth() >= maxDepth)
				throw new RangeError(`is nested more than ${maxDepth} levels deep`);
			reader.stepIn();
			const isStruct = name === "struct";
			const items = readItems(reader, { ...container, isStruct });
			reader.stepOut();
			return { type: name, items };
		}
		case "null":
			return { type: "null", nullType: "null" };
		case "bool":
			return { type: name, value: reader.booleanValue() === true };
		case "string":
		case "symbol":
			return { type: name, text: reader.stringValue() ?? "" };
		case "blob":
		case "clob":
			return {
				type: name,
				bytes: reader.uInt8ArrayValue() ?? new Uint8Array(),
			};
		default:
			return { type: name, text: spellingOf(reader, name) };
	}
}

/** The method is not part of the library's interface. Its reader of binary Ion lacks it, and another version may. */
function spellingOf(
	reader: Reader,
	type: IonNumber["type"] | "timestamp",
): string {
	if (
		"_stringRepresentation" in reader &&
		typeof reader._stringRepresentation === "function"
	)
		return String(reader._stringRepresentation());
	if (type === "int") return String(reader.bigIntValue());
	const text = String(reader.value());
	// Without an exponent it would be a decimal. The infinities and nan are words of their own.
	if (type === "float")
		return text
			.replace(/^\d[^e]*$|^-\d[^e]*$/, "$&e0")
			.replace(
				/^-?Infinity$|^NaN$/,
				(word) => ({ Infinity: "+inf", "-Infinity": "-inf" })[word] ?? "nan",
			);
	return text;
}

/** ion-js's words for the usual mistakes do not say what to do. */
const EXPLANATIONS: readonly (readonly [RegExp, string])[] = [
	[
		/^invalid character -1 in string|^Closing triple quotes/,
		"has a quotation that is not closed",
	],
	[
		/^invalid character 1[03] in string/,
		"has a line break inside quotation marks",
	],
	[
		/^invalid character \d+ in string/,
		"has a control character inside quotation marks",
	],
	[/surrogate/, "has half a surrogate pair"],
	[/escape/i, "has an unknown escape"],
	[/^Expected closing \)/, "has a parenthesis that is not closed"],
	[/^expected ',' or '(\]|\})'/, 'lacks a comma or a closing "$1"'],
	[
		/^Symbol (\$\d+)|^Unresolvable symbol/,
		"has a symbol ID that is not defined",
	],
];

function explain(reason: string, source: string, at: number): string {
	if (/^is nested|^Maximum call stack/.test(reason))
		return reason.startsWith("is") ? reason : "is nested too deeply";
	if (reason === "invalid character after number") {
		const [number = ""] = /[\w.+-]*$/.exec(source.slice(0, at + 1)) ?? [];
		return /_|^-?0b/i.test(number)
			? "has a number with underscores or in binary, which is not supported"
			: "has a number that is not valid";
	}
	for (const [pattern, explanation] of EXPLANATIONS) {
		const match = pattern.exec(reason);
		if (match) return explanation.replace("$1", match[1] ?? "");
	}
	return `is not valid Ion: ${reason},`;
}

function placeOf(text: string, at: number): string {
	const lines = text.slice(0, Math.max(0, at)).split("\n");
	return `line ${lines.length}, character ${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** A symbol as Ion text spells it: with quotation marks only where they are needed. */
export function quoteSymbol(text: string): string {
	const isPlain =
		/^[A-Za-z_$][\w$]*$/.test(text) && !/^(?:null|true|false|nan)$/.test(text);
	if (isPlain) return text;
	const inside = JSON.stringify(text)
		.slice(1, -1)
		.replaceAll('\\"', '"')
		.replaceAll("'", "\\'");
	return `'${inside}'`;
}

/** Strings, quoted symbols and lobs come first, so that what looks like a comment inside them is none. */
const COMMENT =
	/"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'''[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*'''|'[^'\\]*(?:\\[\s\S][^'\\]*)*'|\{\{(?!\s*["'])[^}]*\}\}|(\/\/.*|\/\*[\s\S]*?\*\/)/g;

/** The comments of a valid text document. The time is linear only if it is valid. */
export function findComments(text: string): readonly string[] {
	return Array.from(text.matchAll(COMMENT), ([, comment]) => comment).filter(
		(comment) => comment !== undefined,
	);
}
