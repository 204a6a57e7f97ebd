import { err, ok, type Result } from "../shared/result.ts";
import type { Credentials } from "./credentials.ts";
import {
	type KeyPart,
	PART_NAMES,
	parseTime,
	type Setting,
	type SettingsBlock,
} from "./key-names.ts";
import { findAssignments, withoutComments } from "./pasted-assignments.ts";
import { findJson } from "./pasted-json.ts";
import { findColumns, findCsv, findXml } from "./pasted-tables.ts";

export interface PastedKeys {
	/** The name of the block, where the text has one: `default`, `123456789012_ReadOnly`. */
	readonly name?: string;
	readonly credentials: Credentials;
	/** Epoch ms, where the text has an expiry. */
	readonly expiresAt?: number;
}

export interface PastedKeySets {
	/** At least one; more than one is a choice for the user. */
	readonly sets: readonly PastedKeys[];
	/** Why other sets in the same text cannot be used: sentences that never repeat a secret. */
	readonly problems: readonly string[];
}

const MAX_LENGTH = 65_536;
const NOTHING_FOUND =
	"No credentials were found in this. Paste what `aws configure export-credentials` prints, a block of ~/.aws/credentials, or the three values on lines of their own.";
const AWS_KEY_ID = /^A[KS]IA[A-Z0-9]{16,124}$/;

/**
 * Reads the assignments of every shell, INI and .env files, JSON, XML, YAML, CSV and HCL anywhere in the text, or three bare
 * values. An error is a text for the user that says what is wrong; it never repeats what was pasted.
 */
export function parsePastedCredentials(
	text: string,
): Result<PastedKeySets, string> {
	if (text.length > MAX_LENGTH)
		return err("This is too long to be credentials (over 64 KB).");
	if (text.includes("\0"))
		return err("This has a NUL character in it: it is not text.");
	const plain = toPlainText(text);
	if (plain.trim() === "") return err("There is nothing here yet.");
	const read = parsePlainText(plain);
	// JSON or commands inside a JSON string, as in logs.
	if (read.ok || !plain.includes('\\"')) return read;
	const inner = parsePlainText(
		plain.replaceAll('\\"', '"').replaceAll("\\n", "\n"),
	);
	return inner.ok ? inner : read;
}

const ANSI_STYLE = new RegExp(
	`${String.fromCharCode(27)}\\[[\\d;]*[A-Za-z]`,
	"g",
);

/** Removes characters that web pages, word processors and terminals add and that no key contains. */
function toPlainText(text: string): string {
	return text
		.replaceAll(ANSI_STYLE, "")
		.replaceAll(
			/\u00AD|\u180E|[\u200B-\u200F]|[\u202A-\u202E]|[\u2060-\u2069]|\uFEFF/g,
			"",
		)
		.replaceAll(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
		.replaceAll(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, " ")
		.replaceAll(/[\u2010\u2011]/g, "-")
		.replaceAll("：", ": ")
		.replaceAll("＝", "=")
		.replaceAll("```", "   ");
}

function parsePlainText(plain: string): Result<PastedKeySets, string> {
	const uncommented = withoutComments(plain);
	const lineOf = createLineOf(uncommented.text);
	const json = findJson(uncommented.text, lineOf);
	const xml = findXml(json.rest, lineOf);
	const csv = findCsv(xml.rest);
	const columns = findColumns(csv.rest);
	const lines = findAssignments(columns.rest);
	if (lines.isDiff)
		return err(
			"This is a diff: which of its lines count cannot be told. Paste the new lines without + before them.",
		);
	const named = [
		...json.blocks,
		...xml.blocks,
		...csv.blocks,
		...columns.blocks,
		...lines.blocks,
	].filter(({ settings }) =>
		settings.some(({ part, value }) => isKey(part) && value !== ""),
	);
	const blocks =
		named.length > 0 || json.cutAt !== undefined
			? named
			: findBareValues(uncommented.text);
	const checked = checkAll(blocks);
	const problems = [
		...(json.cutAt === undefined
			? []
			: [
					`The JSON that begins in line ${lineOf(json.cutAt)} is cut off or damaged.`,
				]),
		...checked.problems,
	];
	if (checked.sets.length > 0) return ok({ sets: checked.sets, problems });
	if (problems.length > 0) return err(toSentences(problems));
	if (json.isSignIn)
		return err(
			"This is a cached sign-in to IAM Identity Center, not credentials. Add a connection of the kind IAM Identity Center and sign in there.",
		);
	return err(
		uncommented.hasComment
			? "Credentials stand in comments alone here, and comments are not read. Take the comment signs away if you mean these."
			: NOTHING_FOUND,
	);
}

const MOST_PROBLEMS = 3;
/** Searching names for secrets is slow, so only this many problems name their block. */
const MAX_NAMED = 20;

function toSentences(problems: readonly string[]): string {
	const rest = problems.length - MOST_PROBLEMS;
	const more = rest > 0 ? [`${rest} more cannot be used.`] : [];
	return [...problems.slice(0, MOST_PROBLEMS), ...more].join(" ");
}

function createLineOf(text: string): (at: number) => number {
	const starts = [...text.matchAll(/\n/g)].map(({ index }) => index);
	return (at) => {
		let [low, high] = [0, starts.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((starts[middle] ?? 0) < at) low = middle + 1;
			else high = middle;
		}
		return low + 1;
	};
}

/** Two or three values and nothing else, the access key ID first, on lines of their own or with spaces, commas or colons between. */
function findBareValues(text: string): readonly SettingsBlock[] {
	const words = text.split(/[\s,:;|"'`“”‘’]+/).filter((word) => word !== "");
	const [id = "", secret, token, ...more] = words;
	if (!AWS_KEY_ID.test(id)) return [];
	const line = 1;
	const extra =
		more.length > 0
			? "More than three values stand here: one of them may be wrapped. Paste each in one line, or with its name."
			: undefined;
	const short =
		token !== undefined && token.length < 40
			? "The third value is too short for a session token: it may be cut off, or the rest of a wrapped line."
			: undefined;
	const problem = extra ?? short;
	const settings: Setting[] = [
		{ part: "accessKeyId", value: id, line, ...(problem ? { problem } : {}) },
	];
	if (secret) settings.push({ part: "secretAccessKey", value: secret, line });
	if (token) settings.push({ part: "sessionToken", value: token, line });
	return [{ settings }];
}

function isKey(part: KeyPart): boolean {
	return part === "accessKeyId" || part === "secretAccessKey";
}

function checkAll(blocks: readonly SettingsBlock[]): PastedKeySets {
	const sets: PastedKeys[] = [];
	const problems: string[] = [];
	const values = blocks.flatMap(({ settings }) =>
		settings.map(({ value }) => value),
	);
	for (const { name, settings } of blocks) {
		const read = toPasted(settings);
		if (!read.ok) {
			const isNamed =
				name && problems.length < MAX_NAMED && isSafeName(name, values);
			const where = isNamed ? ` (block “${name}”)` : "";
			problems.push(read.error.replace(/\.$/, `${where}.`));
			continue;
		}
		const pasted = { ...(name ? { name } : {}), ...read.value };
		const twin = sets.findIndex((other) => isSame(other, pasted));
		if (twin < 0) sets.push(pasted);
		// The same keys twice: their name and their expiry may be in either.
		else sets[twin] = { ...pasted, ...sets[twin] } as PastedKeys;
	}
	return withoutContradictions({ sets, problems });
}

/** Whether the name contains no part of a value: block names may be any text. */
function isSafeName(name: string, values: readonly string[]): boolean {
	if (name.length > 100) return false;
	return !values.some((value) => {
		for (let at = 0; at + 8 <= value.length; at += 1)
			if (name.includes(value.slice(at, at + 8))) return true;
		return value.length >= 4 && name.includes(value);
	});
}

/** Drops unnamed sets that share an access key ID but not the secret. For named sets, the user chooses. */
function withoutContradictions({
	sets,
	problems,
}: PastedKeySets): PastedKeySets {
	const doubtful = sets.filter(
		(one) =>
			one.name === undefined &&
			sets.some(
				(other) =>
					other !== one &&
					other.credentials.accessKeyId === one.credentials.accessKeyId,
			),
	);
	if (doubtful.length === 0) return { sets, problems };
	return {
		sets: sets.filter((one) => !doubtful.includes(one)),
		problems: [
			...problems,
			"The same access key ID stands here with different secrets or tokens: paste the set that counts alone.",
		],
	};
}

function isSame(a: PastedKeys, b: PastedKeys): boolean {
	return (
		a.credentials.accessKeyId === b.credentials.accessKeyId &&
		a.credentials.secretAccessKey === b.credentials.secretAccessKey &&
		a.credentials.sessionToken === b.credentials.sessionToken
	);
}

function toPasted(settings: readonly Setting[]): Result<PastedKeys, string> {
	const parts: { [P in KeyPart]?: string } = {};
	for (const part of Object.keys(PART_NAMES) as KeyPart[]) {
		const read = readPart(settings, part);
		if (!read.ok) return read;
		if (read.value) parts[part] = read.value;
	}
	const isEncoded = BASE64_OF_KEY_ID.test(parts.accessKeyId ?? "");
	if (isEncoded) {
		const decoded = decodeAll(parts);
		if (!decoded) return err("The values are in base64 and cannot be decoded.");
		Object.assign(parts, decoded);
	}
	const { accessKeyId = "", secretAccessKey = "", sessionToken } = parts;
	const problem = problemOf(parts);
	if (problem) return err(problem);
	const expiresAt = parts.expiration ? parseTime(parts.expiration) : undefined;
	return ok({
		credentials: {
			accessKeyId,
			secretAccessKey,
			...(sessionToken ? { sessionToken } : {}),
		},
		...(expiresAt === undefined ? {} : { expiresAt }),
	});
}

/** Base64 of AKIA and ASIA, as in Kubernetes Secrets. */
const BASE64_OF_KEY_ID = /^(?:QUtJQ|QVNJQ)[A-Za-z0-9+/]+={0,2}$/;

function decodeAll(
	parts: {
		readonly [P in KeyPart]?: string;
	},
): { readonly [P in KeyPart]?: string } | undefined {
	const decoded = Object.entries(parts).map(
		([part, value]) => [part, decodeBase64(value)?.trim()] as const,
	);
	return decoded.every(([, value]) => value !== undefined)
		? Object.fromEntries(decoded)
		: undefined;
}

const ALPHABET =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Hand-written, because the core has no browser or Node API. Keys are ASCII. */
function decodeBase64(text: string): string | undefined {
	if (
		!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(
			text,
		)
	)
		return undefined;
	let decoded = "";
	let [bits, count] = [0, 0];
	for (const char of text.replace(/=+$/, "")) {
		bits = ((bits << 6) | ALPHABET.indexOf(char)) & 0xffff;
		count += 6;
		if (count < 8) continue;
		count -= 8;
		decoded += String.fromCharCode((bits >> count) & 0xff);
	}
	return decoded;
}

/** `TOKEN` is also the name of other tokens; AWS session tokens are long and in base64. */
function isUnrelatedToken({ part, value, isWeak, problem }: Setting): boolean {
	return (
		part === "sessionToken" &&
		isWeak === true &&
		problem === undefined &&
		!/^[A-Za-z0-9+/=]{60,}$/.test(value)
	);
}

function readPart(
	settings: readonly Setting[],
	part: KeyPart,
): Result<string | undefined, string> {
	const isOfAws = settings.some(
		(setting) =>
			setting.part === "accessKeyId" && AWS_KEY_ID.test(setting.value),
	);
	const all = settings.filter(
		(setting) =>
			setting.part === part && !(isOfAws && isUnrelatedToken(setting)),
	);
	const strong = all.filter(({ isWeak }) => !isWeak);
	const counted = strong.length > 0 ? strong : all;
	const problem =
		part === "expiration"
			? undefined
			: counted.find((setting) => setting.problem)?.problem;
	if (problem) return err(problem);
	const values = new Set(
		counted.map(({ value }) =>
			part === "expiration" ? (parseTime(value) ?? "") : value,
		),
	);
	if (part === "expiration") values.delete("");
	if (values.size > 1)
		return err(
			`Two different ${PART_NAMES[part]}s are mixed here: paste one set of keys, or name each in a [block].`,
		);
	return ok(
		counted.find(
			({ value }) => part !== "expiration" || parseTime(value) !== undefined,
		)?.value,
	);
}

/** Masks, `<your key>`, and references to a value elsewhere: `$NAME`, `${{ secrets.NAME }}`, `op://…`. */
const PLACEHOLDER = /^[<$%{]|^[a-z]+:\/\/|[*•…]{3}|\.{3}|^x{4}|[xX]{8}/;

function problemOf(
	parts: { readonly [P in KeyPart]?: string },
): string | undefined {
	const { accessKeyId, secretAccessKey, sessionToken } = parts;
	if (!accessKeyId) return "The access key ID is missing.";
	if (PLACEHOLDER.test(accessKeyId))
		return "The access key ID is hidden or a placeholder, not the ID itself.";
	const isOfAws = /^A[KS]IA/.test(accessKeyId);
	if (!/^\w{16,128}$/.test(accessKeyId))
		return "The access key ID is not one: it has at least 16 letters and digits, like AKIA… or ASIA….";
	if (isOfAws && !AWS_KEY_ID.test(accessKeyId))
		return "The access key ID is not one: it is cut off, or has characters in it that no access key ID has.";
	if (!secretAccessKey) return "The secret access key is missing.";
	const cut = isOfAws
		? !/^[A-Za-z0-9+/=]{40,}$/.test(secretAccessKey)
		: !/^[\x21-\x7e]{16,}$/.test(secretAccessKey);
	if (cut && PLACEHOLDER.test(secretAccessKey))
		return "The secret access key is hidden or a placeholder, not the key itself.";
	if (cut)
		return "The secret access key is cut off, or has characters in it that no key has.";
	if (accessKeyId.startsWith("ASIA") && !sessionToken)
		return "The session token is missing: an access key ID that starts with ASIA is temporary and needs one.";
	if (sessionToken && !/^[A-Za-z0-9+/=_-]+$/.test(sessionToken))
		return "The session token is cut off, or has spaces, line breaks or characters in it that no token has.";
	if (sessionToken && sessionToken.length < 16)
		return "The session token is cut off: it has at least 16 characters.";
	if (sessionToken && accessKeyId.startsWith("AKIA"))
		return "An access key ID that starts with AKIA has no session token, but one stands here: which keys are meant cannot be told.";
	return undefined;
}
