import type { Reader } from "ion-js";

/** The part of ion-js that is needed. It is a parameter because it is large: each program loads it when it first needs it. */
export type IonLibrary = Pick<typeof import("ion-js"), "makeReader">;

/** https://amazon-ion.github.io/ion-docs/docs/spec.html */
export type IonValue =
	| IonScalar
	| (IonContainer & { readonly items: readonly IonValue[] });

interface Annotated {
	readonly annotations: readonly string[];
	/** Set in the items of a struct, where names may be repeated. */
	readonly fieldName: string | undefined;
}

export interface IonContainer extends Annotated {
	readonly type: "list" | "sexp" | "struct";
}

export type IonScalar = Annotated &
	(
		| IonNumber
		| { readonly type: "timestamp"; readonly text: string }
		| { readonly type: "string" | "symbol"; readonly text: string }
		| { readonly type: "bool"; readonly value: boolean }
		/** `nullType` is `int` in `null.int`, and `null` in a plain `null`. */
		| { readonly type: "null"; readonly nullType: string }
		| { readonly type: "blob" | "clob"; readonly bytes: Uint8Array }
	);

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
	library: IonLibrary,
	source: string | Uint8Array,
	maxDepth?: number,
): readonly IonValue[] {
	const values: IonValue[] = [];
	const open = [values];
	const visitor: IonVisitor = {
		scalar: (scalar) => open.at(-1)?.push(scalar),
		begin({ type, annotations, fieldName }) {
			const items: IonValue[] = [];
			open.at(-1)?.push({ type, annotations, fieldName, items });
			open.push(items);
		},
		end: () => open.pop(),
	};
	visitIon(library, source, visitor, maxDepth);
	return values;
}

export interface IonVisitor {
	scalar(scalar: IonScalar): void;
	/** The calls until the matching `end` are for the items of the container. */
	begin(container: IonContainer): void;
	end(): void;
}

/** Visits all values in their order, without a tree of them. Throws IonError. */
export function visitIon(
	{ makeReader }: IonLibrary,
	source: string | Uint8Array,
	visitor: IonVisitor,
	maxDepth = MAX_DEPTH,
): void {
	let reader: Reader | undefined;
	try {
		reader = makeReader(source);
		const end = typeof source === "string" ? undefined : source.length;
		visitItems(reader, { end, maxDepth, isStruct: false }, visitor);
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

interface VisitOptions {
	/** Length of a binary document. */
	readonly end: number | undefined;
	readonly maxDepth: number;
	readonly isStruct: boolean;
}

function visitItems(
	reader: Reader,
	options: VisitOptions,
	visitor: IonVisitor,
): void {
	const { end, maxDepth, isStruct } = options;
	for (;;) {
		const ionType = reader.next();
		// The library would go on reading nulls, up to the length that an incomplete container declares.
		if (end !== undefined && reader.position() > end)
			throw new RangeError("The document is incomplete.");
		if (ionType === null) return;
		const type = ionType.name as IonValue["type"];
		const annotations = reader.annotations();
		const fieldName = isStruct ? (reader.fieldName() ?? "") : undefined;
		if (reader.isNull())
			visitor.scalar({ type: "null", nullType: type, annotations, fieldName });
		else if (type === "list" || type === "sexp" || type === "struct") {
			if (reader.depth() >= maxDepth)
				throw new RangeError(`is nested more than ${maxDepth} levels deep`);
			visitor.begin({ type, annotations, fieldName });
			reader.stepIn();
			const items = { end, maxDepth, isStruct: type === "struct" };
			visitItems(reader, items, visitor);
			reader.stepOut();
			visitor.end();
		} else visitor.scalar(readScalar(reader, type, { annotations, fieldName }));
	}
}

function readScalar(
	reader: Reader,
	type: IonScalar["type"],
	{ annotations, fieldName }: Annotated,
): IonScalar {
	switch (type) {
		case "null":
			return { type, nullType: type, annotations, fieldName };
		case "bool": {
			const value = reader.booleanValue() === true;
			return { type, value, annotations, fieldName };
		}
		case "string":
		case "symbol": {
			const text = reader.stringValue() ?? "";
			return { type, text, annotations, fieldName };
		}
		case "blob":
		case "clob": {
			const bytes = reader.uInt8ArrayValue() ?? new Uint8Array();
			return { type, bytes, annotations, fieldName };
		}
		default: {
			const text = spellingOf(reader, type);
			return { type, text, annotations, fieldName };
		}
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

/**
 * Strings, quoted symbols and lobs come first, so that comments are not found inside them. The library accepts a document
 * that ends within a block comment.
 */
const COMMENT =
	/"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'''[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*'''|'[^'\\]*(?:\\[\s\S][^'\\]*)*'|\{\{(?!\s*["'])[^}]*\}\}|(\/\/.*|\/\*[\s\S]*?(?:\*\/|$))/g;

/** The comments of a valid text document. The time is linear only if it is valid. */
export function findComments(text: string): readonly string[] {
	return Array.from(text.matchAll(COMMENT), ([, comment]) => comment).filter(
		(comment) => comment !== undefined,
	);
}
