// Amazon Ion in text form as JSON text; types that JSON lacks are written as the strings that Ion writes for them.

import {
	type IonType,
	IonTypes,
	makeReader,
	type Reader,
	toBase64,
} from "ion-js";
import { writeJson } from "./json-writer.ts";

/** Levels; deeper ones would break the recursion of any reader. */
const MAX_DEPTH = 1_000;

/** Several top-level values become an array of them. Annotations are left out. */
export function ionToJson(text: string): string {
	const values = readAll(makeReader(text));
	return writeJson(values.length === 1 ? values[0] : values);
}

function readAll(reader: Reader): unknown[] {
	const values: unknown[] = [];
	for (let type = reader.next(); type !== null; type = reader.next())
		values.push(readValue(reader, type));
	return values;
}

function readValue(reader: Reader, type: IonType): unknown {
	if (reader.isNull()) return null;
	if (!type.isContainer) return readScalar(reader, type);
	if (reader.depth() > MAX_DEPTH)
		throw new RangeError(`More than ${MAX_DEPTH} levels deep.`);
	reader.stepIn();
	const value = type === IonTypes.STRUCT ? readStruct(reader) : readAll(reader);
	reader.stepOut();
	return value;
}

function readStruct(reader: Reader): Map<string, unknown> {
	const fields = new Map<string, unknown>();
	for (let type = reader.next(); type !== null; type = reader.next())
		fields.set(reader.fieldName() ?? "", readValue(reader, type));
	return fields;
}

function readScalar(reader: Reader, type: IonType): unknown {
	switch (type) {
		case IonTypes.INT:
			return reader.bigIntValue();
		case IonTypes.DECIMAL:
			return { numberText: String(reader.decimalValue()) };
		case IonTypes.FLOAT:
			return { numberText: String(reader.numberValue()) };
		case IonTypes.TIMESTAMP:
			return String(reader.timestampValue());
		case IonTypes.BLOB:
			return toBase64(reader.uInt8ArrayValue() ?? new Uint8Array());
		case IonTypes.CLOB:
			return String.fromCharCode(...(reader.uInt8ArrayValue() ?? []));
		case IonTypes.BOOL:
			return reader.booleanValue();
		default:
			return reader.stringValue();
	}
}
