// Credentials as people have them at hand: whatever the AWS CLI, the access portal, STS, IMDS or a credentials file prints, read.
import type { Credentials } from "./credentials.ts";
import { err, ok, type Result } from "./result.ts";

export interface Pasted {
	/** The name of the block, where the text has one: `default`, `123456789012_ReadOnly`. */
	readonly name?: string;
	readonly credentials: Credentials;
	/** Epoch ms, where the text says when they end. */
	readonly expiresAt?: number;
}

const MAX_LENGTH = 65_536;

/** What the formats call each part, in lower case without separators. */
const NAMES: { readonly [name: string]: Exclude<keyof Parts, "isMixed"> } = {
	awsaccesskeyid: "accessKeyId",
	accesskeyid: "accessKeyId",
	awssecretaccesskey: "secretAccessKey",
	secretaccesskey: "secretAccessKey",
	secretkey: "secretAccessKey",
	awssessiontoken: "sessionToken",
	awssecuritytoken: "sessionToken",
	sessiontoken: "sessionToken",
	token: "sessionToken",
	awscredentialexpiration: "expiration",
	expiration: "expiration",
	expiresat: "expiration",
	xsecurityexpires: "expiration",
};

/** Under these names JSON answers hold the three values one level deeper. */
const WRAPPERS = [
	"Credentials",
	"credentials",
	"roleCredentials",
	"accessToken",
];

interface Parts {
	accessKeyId?: string;
	secretAccessKey?: string;
	sessionToken?: string;
	expiration?: string;
	/** The text gives two different access key IDs for one set of keys. */
	isMixed?: boolean;
}

interface Block {
	readonly name?: string;
	readonly parts: Parts;
}

/**
 * Understands the six formats of `aws configure export-credentials`, blocks of `~/.aws/credentials`, the JSON of STS, SSO, IMDS,
 * container, Cognito and `aws login`, the access portal's snippets, and three bare values. More than one block is a choice for
 * the user. An error is a sentence that says what is wrong; it never repeats what was pasted.
 */
export function parsePasted(text: string): Result<readonly Pasted[], string> {
	if (text.length > MAX_LENGTH)
		return err("This is too long to be credentials (over 64 KB).");
	if (text.includes("\0"))
		return err("This has a NUL character in it: it is not text.");
	const trimmed = text.replace(/^\uFEFF/, "").trim();
	if (trimmed === "") return err("There is nothing here yet.");
	const blocks = trimmed.startsWith("{")
		? parseJson(trimmed)
		: ok(parseLines(trimmed));
	if (!blocks.ok) return blocks;
	const filled = blocks.value.filter(
		({ parts }) => parts.accessKeyId || parts.secretAccessKey,
	);
	if (filled.length === 0)
		return err(
			"No credentials were found in this. Paste what `aws configure export-credentials` prints, a block of ~/.aws/credentials, or the three values on lines of their own.",
		);
	return checkAll(filled);
}

function parseJson(text: string): Result<readonly Block[], string> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		return err("This looks like JSON, but it is cut off or damaged.");
	}
	const inner = WRAPPERS.map((key) => (value as Record<string, unknown>)[key]);
	const found = inner.find((part) => typeof part === "object" && part) ?? value;
	return ok([{ parts: toParts(Object.entries(found as object)) }]);
}

function parseLines(text: string): readonly Block[] {
	const blocks: { name?: string; pairs: [string, string][] }[] = [
		{ pairs: [] },
	];
	const bare: string[] = [];
	for (const raw of text.split(/\r\n|\r|\n|;(?=\s|$)/)) {
		const line = raw.trim();
		const header = /^\[(?:profile\s+)?([^\]]+)\]$/.exec(line)?.[1];
		if (header !== undefined) blocks.push({ name: header.trim(), pairs: [] });
		const pair = parseAssignment(line);
		if (pair) blocks.at(-1)?.pairs.push(pair);
		else if (header === undefined && /^\S{16,}$/.test(line)) bare.push(line);
	}
	const named = blocks
		.filter(({ pairs }) => pairs.length > 0)
		.map(({ name, pairs }) => ({
			...(name === undefined ? {} : { name }),
			parts: toParts(pairs),
		}));
	return named.length > 0 ? named : [{ parts: toBareParts(bare) }];
}

// bash `export K=V`, plain and ini `K = V`, PowerShell `$Env:K="V"`, cmd `set K=V`, fish `set -gx K "V"`.
function parseAssignment(line: string): [string, string] | undefined {
	const match =
		/^(?:export\s+|set\s+|\$env:)?([a-z_]\w*)\s*=\s*(.*)$/i.exec(line) ??
		/^set\s+-\w+\s+([a-z_]\w*)\s+(.*)$/i.exec(line);
	const [, name, value] = match ?? [];
	if (name === undefined || value === undefined) return undefined;
	if (!(normalise(name) in NAMES)) return undefined;
	return [name, unquote(value.trim())];
}

function toParts(entries: readonly (readonly [string, unknown])[]): Parts {
	const parts: Parts = {};
	for (const [key, value] of entries) {
		const part = NAMES[normalise(key)];
		if (!part || (typeof value !== "string" && typeof value !== "number"))
			continue;
		const text = String(value).trim();
		if (part === "accessKeyId" && (parts[part] ?? text) !== text)
			parts.isMixed = true;
		parts[part] = text;
	}
	return parts;
}

function toBareParts(values: readonly string[]): Parts {
	const [accessKeyId, secretAccessKey, sessionToken] = values;
	if (!accessKeyId || !isAccessKeyId(accessKeyId)) return {};
	return {
		accessKeyId,
		...(secretAccessKey ? { secretAccessKey } : {}),
		...(sessionToken ? { sessionToken } : {}),
	};
}

function checkAll(blocks: readonly Block[]): Result<readonly Pasted[], string> {
	const pasted: Pasted[] = [];
	for (const { name, parts } of blocks) {
		const problem = problemOf(parts);
		const where = name === undefined ? "" : ` (block “${name}”)`;
		if (problem) return err(problem.replace(/\.$/, `${where}.`));
		const { accessKeyId = "", secretAccessKey = "", sessionToken } = parts;
		const expiresAt = toEpochMs(parts.expiration);
		pasted.push({
			...(name === undefined ? {} : { name }),
			credentials: {
				accessKeyId,
				secretAccessKey,
				...(sessionToken ? { sessionToken } : {}),
			},
			...(expiresAt === undefined ? {} : { expiresAt }),
		});
	}
	return ok(pasted);
}

function problemOf(parts: Parts): string | undefined {
	const { accessKeyId, secretAccessKey, sessionToken } = parts;
	if (parts.isMixed)
		return "Two different access key IDs are mixed here: paste one set of keys, or name each in a [block].";
	if (!accessKeyId) return "The access key ID is missing.";
	if (!/^\w{16,128}$/.test(accessKeyId))
		return "The access key ID is not one: it has at least 16 letters and digits, like AKIA… or ASIA….";
	if (!secretAccessKey) return "The secret access key is missing.";
	if (!/^[\x21-\x7e]{16,}$/.test(secretAccessKey))
		return "The secret access key is cut off, or has characters in it that no key has.";
	if (accessKeyId.startsWith("ASIA") && !sessionToken)
		return "The session token is missing: an access key ID that starts with ASIA is temporary and needs one.";
	if (sessionToken && !/^[\x21-\x7e]+$/.test(sessionToken))
		return "The session token has spaces, line breaks or characters in it that no token has.";
	return undefined;
}

function isAccessKeyId(text: string): boolean {
	return /^(AKIA|ASIA)[A-Z0-9]{12,124}$/.test(text);
}

/** ISO 8601, or a number of seconds or milliseconds. */
function toEpochMs(text: string | undefined): number | undefined {
	if (!text) return undefined;
	if (/^\d{10}(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000);
	const time = /^\d{13}$/.test(text) ? Number(text) : Date.parse(text);
	return Number.isFinite(time) ? time : undefined;
}

function normalise(name: string): string {
	return name.replaceAll(/[_-]/g, "").toLowerCase();
}

function unquote(text: string): string {
	return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
}
