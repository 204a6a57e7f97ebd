import { queryParameter, toPath } from "../http/messages.ts";
import { badRequest } from "./errors.ts";

const MAX_RESULTS = 50;

/** What orders a list: each item has a number of its own, which it keeps as long as it is there. */
export interface PageOrder<T> {
	readonly direction: "ascending" | "descending";
	readonly sortKey: (item: T) => number;
}

/**
 * One page of `max_results` (1–50) items, which must be in that order. The token names the last item given, not how many
 * were: an item that is removed meanwhile shifts nobody, and one that is added is given once or not at all.
 */
export function paginate<T>(
	url: string,
	items: readonly T[],
	{ direction, sortKey }: PageOrder<T>,
): { Items: readonly T[]; NextToken?: string } {
	const asked = queryParameter(url, "max_results") ?? String(MAX_RESULTS);
	const size = /^\d+$/.test(asked) ? Number(asked) : 0;
	if (size < 1 || size > MAX_RESULTS)
		throw badRequest(`max_results must be from 1 to ${MAX_RESULTS}`);
	const token = queryParameter(url, "next_token");
	const last = token === undefined ? undefined : decodeToken(token, url);
	const rest =
		last === undefined
			? items
			: items.filter((item) =>
					direction === "ascending"
						? sortKey(item) > last
						: sortKey(item) < last,
				);
	const Items = rest.slice(0, size);
	const end = Items.at(-1);
	return end !== undefined && rest.length > Items.length
		? { Items, NextToken: encodeToken(sortKey(end), url) }
		: { Items };
}

function encodeToken(last: number, url: string): string {
	return Buffer.from(JSON.stringify([toPath(url), last])).toString("base64url");
}

function decodeToken(token: string, url: string): number {
	const [path, last] = parse(Buffer.from(token, "base64url").toString());
	if (path !== toPath(url) || !Number.isSafeInteger(last))
		throw badRequest("next_token is not valid for this list");
	return Number(last);
}

function parse(text: string): readonly unknown[] {
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) ? value : [];
	} catch (error) {
		if (error instanceof SyntaxError) return [];
		throw error;
	}
}
