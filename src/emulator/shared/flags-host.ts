// What the folder of feature flags needs of its host, for Node.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import type { ValidateFunction } from "ajv";
import {
	type FlagsHost,
	InvalidFlagsError,
	type Violation,
} from "../../flags/authored.ts";
import { IonError, isBinaryIon } from "../../flags/ion.ts";
import { FLAGS_SCHEMA } from "../../flags/schema.ts";

const require = createRequire(import.meta.url);

/** The libraries are loaded when they are first used: all three take longer to load than the rest of the emulator. */
export const FLAGS_HOST: FlagsHost = {
	ion: () => require("ion-js") as typeof import("ion-js"),
	regularExpressions: () => (require("re2js") as typeof import("re2js")).RE2JS,
	hash32: (text) => createHash("sha256").update(text).digest().readUInt32BE(0),
	checkSchema,
};

/** Throws InvalidFlagsError. */
export function decodeFlags(bytes: Uint8Array): string {
	const text = decodeUtf8(bytes);
	if (text !== undefined) return text;
	throw new InvalidFlagsError([{ location: "", reason: "is not UTF-8" }]);
}

/** Binary Ion stays as it is. Throws IonError. */
export function decodeIon(bytes: Uint8Array): string | Uint8Array {
	if (isBinaryIon(bytes)) return bytes;
	const text = decodeUtf8(bytes);
	if (text !== undefined) return text;
	throw new IonError("is not UTF-8");
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch (error) {
		if (error instanceof TypeError) return undefined;
		throw error;
	}
}

const validators = new Map<boolean, ValidateFunction>();

function checkSchema(
	document: unknown,
	allErrors: boolean,
): readonly Violation[] {
	let validate = validators.get(allErrors);
	if (!validate) {
		validate = compileSchema(allErrors);
		validators.set(allErrors, validate);
	}
	if (validate(document)) return [];
	return (
		(validate.errors ?? [])
			// An error of "if" repeats the error of the branch that was taken.
			.filter(({ keyword }) => keyword !== "if")
			.map(({ instancePath, keyword, message, params }) => ({
				location: instancePath,
				reason: [message ?? "is not allowed", params.additionalProperty]
					.filter((one) => typeof one === "string")
					.join(": "),
				constraint: keyword,
			}))
	);
}

function compileSchema(allErrors: boolean): ValidateFunction {
	const ajv = require("ajv") as typeof import("ajv");
	return new ajv.Ajv({
		allErrors,
		discriminator: true,
		strict: false,
		// AppConfig itself writes the dates, so their format is not checked.
		validateFormats: false,
	}).compile(FLAGS_SCHEMA);
}
