import { wrongContentType } from "../http/errors.ts";
import {
	type HttpRequest,
	isJson,
	queryParameter,
	toPath,
} from "../http/messages.ts";
import { badRequest } from "./operation.ts";

// Parts of requests and of paginated replies. All functions throw BadRequestException that names the invalid member.

/** The members of a request's JSON body. */
export type Fields = Readonly<Record<string, unknown>>;

export function parseBody(request: HttpRequest): Fields {
	const { body, isTooLarge } = request;
	if (isTooLarge) throw badRequest("The request body is too large");
	if (body.length === 0) return {};
	if (!isJson(request)) throw badRequest(wrongContentType(request));
	const value = parseJson(body);
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw badRequest("The request body is not a JSON object");
	return { ...value };
}

function parseJson(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
	} catch (error) {
		if (error instanceof SyntaxError || error instanceof TypeError)
			throw badRequest("The request body is not JSON");
		throw error;
	}
}

export function requireText(
	fields: Fields,
	name: string,
	maxLength: number,
): string {
	const text = optionalText(fields, name, maxLength);
	if (text === undefined || text === "")
		throw badRequest(`${name} is required`);
	return text;
}

export function optionalText(
	fields: Fields,
	name: string,
	maxLength: number,
): string | undefined {
	const value = fields[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== "string") throw badRequest(`${name} must be a string`);
	if ([...value].length > maxLength)
		throw badRequest(`${name} must have at most ${maxLength} characters`);
	return value;
}

/** The Name of an update, which may leave it out. */
export function optionalName(
	fields: Fields,
	maxLength: number,
): string | undefined {
	const name = optionalText(fields, "Name", maxLength);
	if (name === "") throw badRequest("Name must not be empty");
	return name;
}

export function optionalInteger(
	fields: Fields,
	name: string,
	range: readonly [number, number],
): number | undefined {
	const value = optionalNumber(fields, name, range);
	if (value !== undefined && !Number.isInteger(value))
		throw badRequest(`${name} must be a whole number`);
	return value;
}

export function optionalNumber(
	fields: Fields,
	name: string,
	[from, to]: readonly [number, number],
): number | undefined {
	const value = fields[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== "number" || !(value >= from && value <= to))
		throw badRequest(`${name} must be a number from ${from} to ${to}`);
	return value;
}

export function optionalEnum<T extends string>(
	fields: Fields,
	name: string,
	allowed: readonly T[],
): T | undefined {
	const value = fields[name];
	if (value === undefined || value === null) return undefined;
	const known = allowed.find((one) => one === value);
	if (known === undefined)
		throw badRequest(`${name} must be one of ${allowed.join(", ")}`);
	return known;
}

const MAX_RESULTS = 50;

/** The order of a list. Keys are unique, and an item keeps its key as long as it exists. */
export interface PageOrder<T> {
	readonly direction: "ascending" | "descending";
	readonly sortKey: (item: T) => number;
}

/**
 * A page of `max_results` items, 1 to 50; the items must be in the given order. The token holds the key of the page's last
 * item, not an offset, so items that are created or deleted between two pages neither repeat nor skip others.
 */
export function paginate<T>(
	url: string,
	items: readonly T[],
	{ direction, sortKey }: PageOrder<T>,
): { Items: readonly T[]; NextToken?: string } {
	const maxResults = queryParameter(url, "max_results") ?? String(MAX_RESULTS);
	const size = /^\d+$/.test(maxResults) ? Number(maxResults) : 0;
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
