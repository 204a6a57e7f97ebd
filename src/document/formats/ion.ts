// Amazon Ion as extended JSON, which keeps annotations, repeated fields, and the type and spelling of every value.

import { makeReader, toBase64 } from "ion-js";
import {
	findComments,
	type IonContainer,
	type IonScalar,
	quoteSymbol,
	visitIon,
} from "../../flags/ion.ts";
import { type ExtendedDocument, NO_PRESENTATION } from "./presentation.ts";

/** Several top-level values become an array of them. Throws IonError. */
export function ionToExtended(source: string | Uint8Array): ExtendedDocument {
	const parts: string[] = [];
	const closing: string[] = [];
	let count = 0;
	let isFirst = true;
	const writeStart = ({ fieldName, annotations }: IonScalar | IonContainer) => {
		if (!isFirst) parts.push(",");
		if (closing.length === 0) count += 1;
		if (fieldName !== undefined) parts.push(`${JSON.stringify(fieldName)}:`);
		for (const annotation of annotations)
			parts.push(`${quoteSymbol(annotation)}::`);
		isFirst = false;
	};
	visitIon({ makeReader }, source, {
		scalar(scalar) {
			writeStart(scalar);
			parts.push(toJson(scalar));
		},
		begin(container) {
			writeStart(container);
			const [open = "", close = ""] = BRACKETS[container.type];
			parts.push(open);
			closing.push(close);
			isFirst = true;
		},
		end() {
			parts.push(closing.pop() ?? "");
			isFirst = false;
		},
	});
	const json = parts.join("");
	return {
		json: count === 1 ? json : `[${json}]`,
		presentation: {
			...NO_PRESENTATION,
			documents: `${count}`,
			// Binary Ion has no comments.
			comments:
				typeof source === "string" ? findComments(source).join("\n") : "",
		},
	};
}

const BRACKETS = { list: "[]", sexp: "()", struct: "{}" } as const;

function toJson(scalar: IonScalar): string {
	switch (scalar.type) {
		case "null":
			return scalar.nullType === "null" ? "null" : `null.${scalar.nullType}`;
		case "bool":
			return String(scalar.value);
		case "string":
			return JSON.stringify(scalar.text);
		case "symbol":
			return quoteSymbol(scalar.text);
		case "blob":
			return `{{${toBase64(scalar.bytes)}}}`;
		case "clob":
			return `{{${JSON.stringify(toLatin1(scalar.bytes))}}}`;
		default:
			return scalar.text;
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
