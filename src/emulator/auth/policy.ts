// Who may do what: principals with their keys, and the actions and ARNs each is allowed, from a file.

export interface Principal {
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly sessionToken?: string;
	/** Epoch ms. */
	readonly expiresAt?: number;
	readonly arn: string;
	readonly allow: readonly Statement[];
}

interface Statement {
	readonly actions: readonly string[];
	readonly resources: readonly string[];
}

export class PolicyError extends Error {}

/** What `--require-signature` knows without a file: the keys that examples use. */
export const DEFAULT_PRINCIPALS: readonly Principal[] = [
	{
		accessKeyId: "test",
		secretAccessKey: "test",
		arn: "arn:aws:iam::123456789012:user/test",
		allow: [{ actions: ["*"], resources: ["*"] }],
	},
];

/** `resources` are the names one thing goes by: its ARN with ids, and with names; none when the request names nothing that is. */
export function isAllowed(
	principal: Principal,
	action: string,
	resources: readonly string[],
): boolean {
	return principal.allow.some(
		(statement) =>
			statement.actions.some((pattern) => matchesWildcard(pattern, action)) &&
			(resources.length === 0 ||
				statement.resources.some((pattern) =>
					resources.some((resource) => matchesWildcard(pattern, resource)),
				)),
	);
}

/** IAM's wildcards: `*` for any text, `?` for one character. */
function matchesWildcard(pattern: string, text: string): boolean {
	const source = pattern
		.replace(/[.+^${}()|[\]\\]/g, "\\$&")
		.replaceAll("*", ".*")
		.replaceAll("?", ".");
	return new RegExp(`^${source}$`, "s").test(text);
}

/** Throws PolicyError. */
export function parsePolicy(text: string): readonly Principal[] {
	const root = toObject(parseJson(text), "the file");
	const { principals } = root;
	if (!Array.isArray(principals) || principals.length === 0)
		throw new PolicyError('"principals" must be a list of at least one');
	return principals.map((value, index) =>
		toPrincipal(toObject(value, `principals[${index}]`), index),
	);
}

function toPrincipal(value: Record<string, unknown>, index: number): Principal {
	const at = `principals[${index}]`;
	const accessKeyId = toText(value.accessKeyId, `${at}.accessKeyId`);
	const { sessionToken, expiresAt, arn, allow = [] } = value;
	const expiry = expiresAt === undefined ? 0 : Date.parse(String(expiresAt));
	if (Number.isNaN(expiry))
		throw new PolicyError(`${at}.expiresAt is not a time`);
	if (!Array.isArray(allow))
		throw new PolicyError(`${at}.allow must be a list`);
	return {
		accessKeyId,
		secretAccessKey: toText(value.secretAccessKey, `${at}.secretAccessKey`),
		arn:
			arn === undefined
				? `arn:aws:iam::123456789012:user/${accessKeyId}`
				: toText(arn, `${at}.arn`),
		...(sessionToken === undefined
			? {}
			: { sessionToken: toText(sessionToken, `${at}.sessionToken`) }),
		...(expiresAt === undefined ? {} : { expiresAt: expiry }),
		allow: allow.map((one, number) => {
			const path = `${at}.allow[${number}]`;
			const statement = toObject(one, path);
			return {
				actions: toTexts(statement.actions, `${path}.actions`),
				resources: toTexts(statement.resources, `${path}.resources`),
			};
		}),
	};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		const detail = cause instanceof Error ? cause.message : String(cause);
		throw new PolicyError(`the file is not JSON: ${detail}`, { cause });
	}
}

function toObject(value: unknown, at: string): Record<string, unknown> {
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw new PolicyError(`${at} must be an object`);
	return { ...value };
}

function toText(value: unknown, at: string): string {
	if (typeof value === "string" && value !== "") return value;
	throw new PolicyError(`${at} must be a text`);
}

function toTexts(value: unknown, at: string): string[] {
	const list = typeof value === "string" ? [value] : value;
	if (Array.isArray(list)) return list.map((one) => toText(one, at));
	throw new PolicyError(`${at} must be a list of texts`);
}
