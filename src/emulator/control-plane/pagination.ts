// Lists in pages: `max_results` of 1–50, and a token that says where the next page begins.
import { queryParameter } from "../wire.ts";
import { badRequest } from "./errors.ts";

const LARGEST_PAGE = 50;

export function paginate<T>(
	url: string,
	items: readonly T[],
): { Items: readonly T[]; NextToken?: string } {
	const size = Number(queryParameter(url, "max_results") ?? LARGEST_PAGE);
	if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE)
		throw badRequest(`max_results must be from 1 to ${LARGEST_PAGE}`);
	const token = queryParameter(url, "next_token");
	const start = token === undefined ? 0 : parseToken(token);
	const Items = items.slice(start, start + size);
	const end = start + Items.length;
	return end < items.length ? { Items, NextToken: toToken(end) } : { Items };
}

function toToken(start: number): string {
	return Buffer.from(`page:${start}`).toString("base64url");
}

function parseToken(token: string): number {
	const text = Buffer.from(token, "base64url").toString();
	const start = /^page:(\d{1,9})$/.exec(text)?.[1];
	if (start === undefined) throw badRequest("next_token is not valid");
	return Number(start);
}
