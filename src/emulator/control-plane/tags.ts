import { jsonReply, toPath } from "../http/messages.ts";
import {
	PREDEFINED_STRATEGIES,
	type TableName,
	toKey,
} from "../registry/records.ts";
import type { Change, Store } from "../registry/store.ts";
import {
	badRequest,
	noContent,
	notFound,
	type Operation,
	type OperationContext,
} from "./operation.ts";
import { type Fields, parseBody } from "./request.ts";

export type Tags = ReadonlyMap<string, string>;

const MAX_TAGS = 50;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;

export const listTagsForResource: Operation = (context, _, { ResourceArn }) => {
	const { table, key } = requireResource(context, ResourceArn);
	const tags = tagsOf(context.store, table, key);
	return jsonReply(200, { Tags: Object.fromEntries(tags) });
};

export const tagResource: Operation = (context, request, { ResourceArn }) => {
	const { store } = context;
	const { table, key } = requireResource(context, ResourceArn);
	const given = parseTags(parseBody(request));
	if (!given) throw badRequest("Tags is required");
	const all = new Map([...tagsOf(store, table, key), ...given]);
	requireTagCount(all.size);
	store.commit(toTagChanges(table, key, all));
	return noContent();
};

export const untagResource: Operation = (context, { url }, { ResourceArn }) => {
	const { store } = context;
	const { table, key } = requireResource(context, ResourceArn);
	const keys = new URLSearchParams(url.split("?")[1]).getAll("tagKeys");
	if (keys.length === 0) throw badRequest("tagKeys is required");
	requireTagCount(keys.length);
	const left = [...tagsOf(store, table, key)].filter(
		([one]) => !keys.includes(one),
	);
	store.commit(toTagChanges(table, key, new Map(left)));
	return noContent();
};

/** The tags of a request; undefined if it has none. */
export function parseTags({ Tags }: Fields): Tags | undefined {
	if (Tags === undefined || Tags === null) return undefined;
	if (typeof Tags !== "object" || Array.isArray(Tags))
		throw badRequest("Tags must be a map of strings");
	const entries = Object.entries(Tags);
	requireTagCount(entries.length);
	for (const [key, value] of entries) requireTag(key, value);
	return new Map(entries as [string, string][]);
}

function requireTag(key: string, value: unknown): void {
	const length = [...key].length;
	if (length < 1 || length > MAX_KEY_LENGTH)
		throw badRequest(`A tag key must have 1 to ${MAX_KEY_LENGTH} characters`);
	if (/^aws:/i.test(key))
		throw badRequest(
			`The tag key ${key} begins with aws:, which is reserved for AWS`,
		);
	if (typeof value !== "string" || [...value].length > MAX_VALUE_LENGTH)
		throw badRequest(
			`The value of tag ${key} must be a string of at most ${MAX_VALUE_LENGTH} characters`,
		);
}

function requireTagCount(count: number): void {
	if (count > MAX_TAGS)
		throw badRequest(`A resource has at most ${MAX_TAGS} tags`);
}

/** Replaces the tags of a resource; no change if `tags` is undefined. */
export function toTagChanges(
	table: TableName,
	key: string,
	tags: Tags | undefined,
): Change[] {
	if (!tags) return [];
	const resource = toTagKey(table, key);
	const record = tags.size === 0 ? null : { resource, pairs: [...tags] };
	return [{ table: "tags", key: resource, record }];
}

/** Removes a resource, and its tags with it. */
export function toRemovalChanges(
	store: Store,
	table: Exclude<TableName, "tags">,
	key: string,
): Change[] {
	const removal = { table, key, record: null } as Change;
	const tags = toTagKey(table, key);
	return store.get("tags", tags)
		? [{ table: "tags", key: tags, record: null }, removal]
		: [removal];
}

function tagsOf(store: Store, table: TableName, key: string): Tags {
	return new Map(store.get("tags", toTagKey(table, key))?.pairs);
}

function toTagKey(table: TableName, key: string): string {
	return toKey(table, key);
}

/** The ARN in a path `/tags/ARN`. Some clients escape the slashes of the ARN, others do not. */
export function toArnFromPath(url: string): string | undefined {
	const [, arn] = /^\/tags\/(.+)$/s.exec(toPath(url)) ?? [];
	if (arn === undefined) return undefined;
	try {
		return decodeURIComponent(arn);
	} catch (error) {
		if (error instanceof URIError) return arn;
		throw error;
	}
}

/** The pattern of AWS's API, in which Region and account may be left out. */
const ARN =
	/^arn:(?:aws[a-zA-Z-]*)?:appconfig:(?:[a-z0-9-]+)?:(?:\d{12})?:([a-zA-Z0-9\-_/:.]+)$/;

/** The part of an ARN that names the resource within its account; undefined if it is not an ARN of AppConfig. */
export function parseResourceArn(arn: string): string | undefined {
	return ARN.exec(arn)?.[1];
}

const ID = "([a-z0-9]{4,7})";
const TAGGABLE_RESOURCES: readonly (readonly [
	RegExp,
	Exclude<TableName, "tags">,
])[] = [
	[new RegExp(`^application/${ID}$`), "applications"],
	[new RegExp(`^application/${ID}/environment/${ID}$`), "environments"],
	[new RegExp(`^application/${ID}/configurationprofile/${ID}$`), "profiles"],
	[
		new RegExp(`^application/${ID}/environment/${ID}/deployment/(\\d{1,10})$`),
		"deployments",
	],
	[/^deploymentstrategy\/([\w.]{4,64})$/, "strategies"],
];

/** The Region and the account of the ARN are ignored. */
function requireResource({ store }: OperationContext, arn: string) {
	const name = parseResourceArn(arn);
	if (name === undefined || arn.length > 2048)
		throw badRequest(`${arn.slice(0, 200)} is not the ARN of a resource`);
	for (const [pattern, table] of TAGGABLE_RESOURCES) {
		const ids = pattern.exec(name)?.slice(1);
		if (!ids) continue;
		const key = toKey(...ids);
		const isThere =
			store.get(table, key) !== undefined ||
			(table === "strategies" &&
				PREDEFINED_STRATEGIES.some(({ Id }) => Id === key));
		if (!isThere) throw notFound(arn);
		return { table, key };
	}
	throw badRequest(`${arn} is not a resource that can be tagged`);
}
