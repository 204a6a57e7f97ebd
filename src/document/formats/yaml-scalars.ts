// Resolves plain scalars by the core schema of YAML 1.2, and numbers of YAML 1.1.
// https://yaml.org/spec/1.2.2/#103-core-schema, https://yaml.org/type/

export type ScalarType = "str" | "number" | "bool" | "null" | "merge";

export interface TypedScalar {
	/** As in extended JSON. */
	readonly token: string;
	readonly type: ScalarType;
}

const NUMBER =
	/^(?:[-+]?(?:0x[\da-fA-F]+(?:_+[\da-fA-F]+)*|0b[01]+(?:_+[01]+)*|0o[0-7]+|\d+(?:_+\d+)*(?:\.\d*(?:_+\d+)*)?(?:[eE][-+]?\d+)?|\.\d+(?:_+\d+)*(?:[eE][-+]?\d+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN))$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const BOOL = /^(?:true|True|TRUE|false|False|FALSE)$/;
/** Booleans, base 60 and dates of YAML 1.1; strings in YAML 1.2. */
const AMBIGUOUS =
	/^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|=|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?|\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d.*)?)$/;

/** Whether text without quotes is a string here, but not for a reader of YAML 1.1. */
export function isAmbiguous(text: string): boolean {
	return AMBIGUOUS.test(text);
}

/** `tag` is short: `!!int`. A value that is not of its tag's type stays a string under that tag. */
export function toScalar(
	text: string,
	tag: string,
	isPlain: boolean,
): TypedScalar {
	switch (tag) {
		case "":
			return isPlain ? resolvePlain(text) : toText(text);
		case "!!int":
		case "!!float":
			return NUMBER.test(text) ? { token: text, type: "number" } : toText(text);
		case "!!bool":
			return BOOL.test(text)
				? { token: text.toLowerCase(), type: "bool" }
				: toText(text);
		case "!!null":
			return NULL.test(text) ? { token: "null", type: "null" } : toText(text);
		// Base64 is broken into lines wherever it suits: that is none of its value.
		case "!!binary":
			return toText(text.replace(/\s+/g, ""));
		default:
			return toText(text);
	}
}

function resolvePlain(text: string): TypedScalar {
	if (NUMBER.test(text)) return { token: text, type: "number" };
	if (NULL.test(text)) return { token: "null", type: "null" };
	if (BOOL.test(text)) return { token: text.toLowerCase(), type: "bool" };
	return text === "<<"
		? { token: JSON.stringify(text), type: "merge" }
		: toText(text);
}

function toText(text: string): TypedScalar {
	return { token: JSON.stringify(text), type: "str" };
}
