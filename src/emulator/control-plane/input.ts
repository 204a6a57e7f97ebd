// Members of control plane requests, read strictly; every mistake is a BadRequestException that names the member.
import { wrongContentType } from "../http/errors.ts";
import { type HttpRequest, isJson } from "../http/messages.ts";
import { badRequest } from "./errors.ts";

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
	longest: number,
): string {
	const text = optionalText(fields, name, longest);
	if (text === undefined || text === "")
		throw badRequest(`${name} is required`);
	return text;
}

export function optionalText(
	fields: Fields,
	name: string,
	longest: number,
): string | undefined {
	const value = fields[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== "string") throw badRequest(`${name} must be a string`);
	if ([...value].length > longest)
		throw badRequest(`${name} must have at most ${longest} characters`);
	return value;
}

/** Of what is renamed, or not. */
export function optionalName(
	fields: Fields,
	longest: number,
): string | undefined {
	const name = optionalText(fields, "Name", longest);
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

/** Leaves out members that have no value, as AWS does. */
export function omitUndefined<T extends object>(
	members: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
	return Object.fromEntries(
		Object.entries(members).filter(([, value]) => value !== undefined),
	) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
