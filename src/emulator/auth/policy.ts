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

class PolicyError extends Error {}

/** The principals without `--policy`: the keys of the examples, with all permissions. */
export const DEFAULT_PRINCIPALS: readonly Principal[] = [
	{
		accessKeyId: "test",
		secretAccessKey: "test",
		arn: "arn:aws:iam::123456789012:user/test",
		allow: [{ actions: ["*"], resources: ["*"] }],
	},
];

/** `resources`: the ARNs of one resource, with ids and with names. Empty when the request names no existing resource. */
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

/** Parses the file of `--policy`. Throws PolicyError. */
export function parsePolicy(text: string): readonly Principal[] {
	const root = toObject(parseJson(text), "The file");
	const { principals } = root;
	if (!Array.isArray(principals) || principals.length === 0)
		throw new PolicyError(
			'"principals" must be a list with at least one entry',
		);
	return principals.map((value, index) =>
		toPrincipal(toObject(value, `principals[${index}]`), index),
	);
}

function toPrincipal(value: Record<string, unknown>, index: number): Principal {
	const at = `principals[${index}]`;
	const accessKeyId = toNonEmptyString(value.accessKeyId, `${at}.accessKeyId`);
	const { sessionToken, expiresAt, arn, allow = [] } = value;
	const expiry = expiresAt === undefined ? 0 : Date.parse(String(expiresAt));
	if (Number.isNaN(expiry))
		throw new PolicyError(`${at}.expiresAt is not a date`);
	if (!Array.isArray(allow))
		throw new PolicyError(`${at}.allow must be a list`);
	return {
		accessKeyId,
		secretAccessKey: toNonEmptyString(
			value.secretAccessKey,
			`${at}.secretAccessKey`,
		),
		arn:
			arn === undefined
				? `arn:aws:iam::123456789012:user/${accessKeyId}`
				: toNonEmptyString(arn, `${at}.arn`),
		...(sessionToken === undefined
			? {}
			: { sessionToken: toNonEmptyString(sessionToken, `${at}.sessionToken`) }),
		...(expiresAt === undefined ? {} : { expiresAt: expiry }),
		allow: allow.map((one, number) => {
			const path = `${at}.allow[${number}]`;
			const statement = toObject(one, path);
			return {
				actions: toStrings(statement.actions, `${path}.actions`),
				resources: toStrings(statement.resources, `${path}.resources`),
			};
		}),
	};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		const detail = cause instanceof Error ? cause.message : String(cause);
		throw new PolicyError(`The file is not JSON: ${detail}`, { cause });
	}
}

function toObject(value: unknown, at: string): Record<string, unknown> {
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw new PolicyError(`${at} must be an object`);
	return { ...value };
}

function toNonEmptyString(value: unknown, at: string): string {
	if (typeof value === "string" && value !== "") return value;
	throw new PolicyError(`${at} must be a non-empty string`);
}

function toStrings(value: unknown, at: string): string[] {
	const list = typeof value === "string" ? [value] : value;
	if (Array.isArray(list)) return list.map((one) => toNonEmptyString(one, at));
	throw new PolicyError(`${at} must be a list of strings`);
}
