// Amazon Ion as extended JSON, which keeps annotations, repeated fields, and the type and spelling of every value.

import { makeReader, toBase64 } from "ion-js";
import {
	findComments,
	type IonValue,
	quoteSymbol,
	readIon,
} from "../../flags/ion.ts";
import { createJsonWriter, type JsonWriter } from "../json/json-writer.ts";
import { type ExtendedDocument, NO_PRESENTATION } from "./presentation.ts";

/** Several top-level values become an array of them. Throws IonError. */
export function ionToExtended(source: string | Uint8Array): ExtendedDocument {
	const values = readIon({ makeReader }, source);
	return {
		json: toJson(values),
		presentation: {
			...NO_PRESENTATION,
			documents: `${values.length}`,
			// Binary Ion has no comments.
			comments:
				typeof source === "string" ? findComments(source).join("\n") : "",
		},
	};
}

function toJson(values: readonly IonValue[]): string {
	const writer = createJsonWriter();
	const [value] = values;
	if (value && values.length === 1) writeValue(writer, value);
	else writer.writeItems("[]", values, (one) => writeValue(writer, one));
	return writer.text();
}

const BRACKETS = { list: "[]", sexp: "()", struct: "{}" } as const;

function writeValue(writer: JsonWriter, value: IonValue): void {
	if (value.fieldName !== undefined)
		writer.write(`${JSON.stringify(value.fieldName)}:`);
	for (const annotation of value.annotations)
		writer.write(`${quoteSymbol(annotation)}::`);
	switch (value.type) {
		case "list":
		case "sexp":
		case "struct":
			writer.writeItems(BRACKETS[value.type], value.items, (item) =>
				writeValue(writer, item),
			);
			break;
		case "null":
			writer.write(
				value.nullType === "null" ? "null" : `null.${value.nullType}`,
			);
			break;
		case "bool":
			writer.write(String(value.value));
			break;
		case "string":
			writer.write(JSON.stringify(value.text));
			break;
		case "symbol":
			writer.write(quoteSymbol(value.text));
			break;
		case "blob":
			writer.write(`{{${toBase64(value.bytes)}}}`);
			break;
		case "clob":
			writer.write(`{{${JSON.stringify(toLatin1(value.bytes))}}}`);
			break;
		default:
			writer.write(value.text);
	}
}

/** A call takes a limited number of arguments. */
const CHUNK = 16_384;

function toLatin1(bytes: Uint8Array): string {
	const parts: string[] = [];
	for (let at = 0; at < bytes.length; at += CHUNK)
		parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
	return parts.join("");
}
