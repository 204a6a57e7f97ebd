// Amazon Ion in text form as extended JSON: annotations, repeated fields, the types and the spelling of values are kept.

import {
	type IonType,
	IonTypes,
	makeReader,
	type Reader,
	toBase64,
} from "ion-js";
import { createJsonWriter, type JsonWriter } from "../json/json-writer.ts";
import { type ExtendedDocument, NO_PRESENTATION } from "./presentation.ts";

/** Levels; deeper ones would break the recursion of any reader. */
const MAX_DEPTH = 1_000;

/** Several top-level values become an array of them. */
export function ionToJson(text: string): string {
	return convert(text).json;
}

export function readIon(text: string): ExtendedDocument {
	const { json, count } = convert(text);
	return {
		json,
		presentation: {
			...NO_PRESENTATION,
			documents: `${count}`,
			comments: commentsOf(text).join("\n"),
		},
	};
}

interface ConvertedIon {
	readonly json: string;
	/** Values at the top level. */
	readonly count: number;
}

function convert(text: string): ConvertedIon {
	const writer = createJsonWriter();
	const count = writeItems(makeReader(text), writer, "");
	const json = writer.text();
	return { json: count === 1 ? json : `[${json}]`, count };
}

/** Those of the container that was stepped into, parted by commas. */
function writeItems(
	reader: Reader,
	writer: JsonWriter,
	[open = "", close = ""]: string,
): number {
	let count = 0;
	writer.write(open);
	for (let type = reader.next(); type !== null; type = reader.next()) {
		if (count > 0) writer.write(",");
		if (open === "{") writer.write(`${JSON.stringify(reader.fieldName())}:`);
		writeValue(reader, writer, type);
		count += 1;
	}
	writer.write(close);
	return count;
}

function writeValue(reader: Reader, writer: JsonWriter, type: IonType): void {
	for (const annotation of reader.annotations())
		writer.write(`${quoteSymbol(annotation)}::`);
	if (reader.isNull())
		writer.write(type === IonTypes.NULL ? "null" : `null.${type.name}`);
	else if (!type.isContainer) writer.write(toScalar(reader, type));
	else {
		if (reader.depth() > MAX_DEPTH)
			throw new RangeError(`More than ${MAX_DEPTH} levels deep.`);
		reader.stepIn();
		writeItems(reader, writer, bracketsOf(type));
		reader.stepOut();
	}
}

function bracketsOf(type: IonType): string {
	if (type === IonTypes.STRUCT) return "{}";
	return type === IonTypes.SEXP ? "()" : "[]";
}

function toScalar(reader: Reader, type: IonType): string {
	switch (type) {
		case IonTypes.BLOB:
			return `{{${toBase64(reader.uInt8ArrayValue() ?? new Uint8Array())}}}`;
		case IonTypes.CLOB:
			return `{{${JSON.stringify(toLatin1(reader.uInt8ArrayValue() ?? new Uint8Array()))}}}`;
		case IonTypes.BOOL:
			return `${reader.booleanValue()}`;
		case IonTypes.STRING:
			return JSON.stringify(reader.stringValue());
		case IonTypes.SYMBOL:
			return quoteSymbol(reader.stringValue() ?? "");
		default:
			return originalSpelling(reader, type);
	}
}

/** Numbers and timestamps as the text has them. The method is the reader's own; without it, as the library writes them. */
function originalSpelling(reader: Reader, type: IonType): string {
	if (
		"_stringRepresentation" in reader &&
		typeof reader._stringRepresentation === "function"
	)
		return String(reader._stringRepresentation());
	if (type === IonTypes.FLOAT) {
		const written = String(reader.numberValue());
		return written.includes("e") ? written : `${written}e0`;
	}
	return String(reader.value());
}

/** Without quotes where Ion needs none. https://amazon-ion.github.io/ion-docs/docs/spec.html#symbol */
function quoteSymbol(text: string): string {
	const isPlain =
		/^[A-Za-z_$][\w$]*$/.test(text) && !/^(?:null|true|false|nan)$/.test(text);
	if (isPlain) return text;
	const inside = JSON.stringify(text)
		.slice(1, -1)
		.replaceAll('\\"', '"')
		.replaceAll("'", "\\'");
	return `'${inside}'`;
}

/** A call takes a limited number of arguments; a multiple of 3 keeps padding out of the middle. */
const CHUNK = 24_576;

function toLatin1(bytes: Uint8Array): string {
	const parts: string[] = [];
	for (let at = 0; at < bytes.length; at += CHUNK)
		parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
	return parts.join("");
}

/** Strings, quoted symbols and blobs are passed over: what looks like a comment in them is none. */
const COMMENTS =
	/"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'''[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*'''|'[^'\\]*(?:\\[\s\S][^'\\]*)*'|\{\{(?!\s*["'])[^}]*\}\}|(\/\/.*|\/\*[\s\S]*?\*\/)/g;

function commentsOf(text: string): readonly string[] {
	return Array.from(text.matchAll(COMMENTS), ([, comment]) => comment).filter(
		(comment) => comment !== undefined,
	);
}
