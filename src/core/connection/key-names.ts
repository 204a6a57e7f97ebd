export type KeyPart =
	| "accessKeyId"
	| "secretAccessKey"
	| "sessionToken"
	| "expiration";

export interface Setting {
	readonly part: KeyPart;
	readonly value: string;
	/** In the pasted text, counted from 1. */
	readonly line: number;
	/** Why the value may be incomplete: a sentence that does not repeat it. */
	readonly problem?: string;
	/** A name that other values have too, like `token`: `aws_session_token` takes precedence. */
	readonly isWeak?: boolean;
}

/** The settings of one set of keys: a section of a file, an object, a row. */
export interface SettingsBlock {
	readonly name?: string;
	readonly settings: readonly Setting[];
}

export const PART_NAMES: { readonly [P in KeyPart]: string } = {
	accessKeyId: "access key ID",
	secretAccessKey: "secret access key",
	sessionToken: "session token",
	expiration: "expiration",
};

/** Names as lower-case words, between which there may be a space, `_`, `-` or `.`, and which may follow `aws`. */
const WORDS: { readonly [P in KeyPart]: readonly string[] } = {
	accessKeyId: ["access key id", "access key"],
	secretAccessKey: ["secret access key", "secret key"],
	sessionToken: ["session token", "security token", "token"],
	expiration: [
		"credentials expiration",
		"credential expiration",
		"session expiration",
		"token expiration",
		"security token expires",
		"security expires",
		"session expires",
		"expiration time",
		"expiration",
		"expires at",
		"expires",
		"expiry",
	],
};

const WEAK = new Set(["token", "expires", "expiry"]);

const PARTS: ReadonlyMap<string, KeyPart> = new Map(
	Object.entries(WORDS).flatMap(([part, names]) =>
		names.map((words) => [words.replaceAll(" ", ""), part as KeyPart] as const),
	),
);

const ALTERNATIVES = Object.values(WORDS)
	.flat()
	.toSorted((a, b) => b.length - a.length)
	.map((words) => words.replaceAll(" ", "[ _.-]?"))
	.join("|");

/**
 * A name anywhere in a line, as a source for regular expressions: `AWS_ACCESS_KEY_ID`, `-Daws.accessKeyId`, `Secret access key`.
 * Not as the end of another name: `OLD_AWS_SECRET_ACCESS_KEY` is none.
 */
export const NAME_SOURCE = `(?<![A-Za-z0-9_]|[A-Za-z0-9]-)(?:-D|TF_VAR_)?(?:aws[ _.-]?|x[ _.-])?(?:${ALTERNATIVES})(?![A-Za-z0-9_]|-[A-Za-z0-9])`;

/** The part of keys that a name stands for; `undefined` for other names. */
export function keyPartOf(
	name: string,
): { readonly part: KeyPart; readonly isWeak: boolean } | undefined {
	const plain = name
		.replace(/^(?:-D|TF_VAR_)/, "")
		.replaceAll(/[\s_.-]/g, "")
		.toLowerCase();
	for (const short of [
		plain,
		plain.replace(/^aws/, ""),
		plain.replace(/^x/, ""),
	]) {
		const part = PARTS.get(short);
		if (part) return { part, isWeak: WEAK.has(plain) };
	}
	return undefined;
}

const WRAPPER =
	/^(?:credentials|role_?credentials|access_?token|access_?key|environment|env|variables|secrets|data|stringdata|aws|default_?credentials|.*(?:result|response))$/i;

/** Whether the name is that of a wrapper in replies and files; other names are those of sets of keys. */
export function isWrapper(name: string): boolean {
	return WRAPPER.test(name);
}

const TIME =
	/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)(?: UTC)?$/i;
const HTTP_TIME =
	/^(?:\w{3}, )?\d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|[+-]\d{4})$/;

/** Epoch ms of ISO 8601 with an offset, an HTTP date, or a number of seconds or milliseconds. Times without an offset are ambiguous. */
export function parseTime(text: string): number | undefined {
	if (/^\d{10}(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000);
	if (/^\d{13}$/.test(text)) return Number(text);
	if (HTTP_TIME.test(text)) return finite(Date.parse(text));
	const [, date = "", time = "", zone = ""] = TIME.exec(text) ?? [];
	if (!date || !isDate(date)) return undefined;
	const offset = /^[+-]/.test(zone)
		? `${zone.slice(0, 3)}:${zone.slice(-2)}`
		: "Z";
	return finite(Date.parse(`${date}T${time}${offset}`));
}

/** Date.parse accepts 30 February as 2 March. */
function isDate(date: string): boolean {
	const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
	const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	const february = isLeap ? 29 : 28;
	const days = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
	return day >= 1 && day <= (days[month - 1] ?? 0);
}

function finite(time: number): number | undefined {
	return Number.isNaN(time) ? undefined : time;
}
