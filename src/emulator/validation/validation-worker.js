// The worker of validation.ts. It is JavaScript so that it also runs from the sources, which are not compiled in tests.
import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";

/**
 * @typedef {import("../../flags/authored.ts").Violation} Violation
 * @typedef {import("../../flags/authored.ts").PatternCheck} PatternCheck
 */

/**
 * `schema` must be a JSON Schema, `content` must satisfy all its schemas, and texts must match their patterns.
 * @typedef {{ readonly kind: "schema", readonly schema: string }
 *   | { readonly kind: "content", readonly schemas: readonly string[], readonly content: Uint8Array }
 *   | { readonly kind: "patterns", readonly checks: readonly PatternCheck[] }} ValidationTask
 */

const MAX_VIOLATIONS = 100;
const MAX_TEXT_LENGTH = 500;
const MAX_DEPTH = 1_000;

const require = createRequire(import.meta.url);
/** @type {typeof import("ajv")} */
const { Ajv } = require("ajv");

parentPort?.on("message", (/** @type {ValidationTask} */ task) => {
	parentPort?.postMessage(runTask(task));
});
parentPort?.postMessage("ready");

/**
 * @param {ValidationTask} task
 * @returns {readonly Violation[]}
 */
function runTask(task) {
	try {
		if (task.kind === "schema") return checkSchema(task.schema);
		if (task.kind === "patterns") return checkPatterns(task.checks);
		return validate(task);
	} catch (error) {
		return [{ reason: reasonOf(error) }];
	}
}

/** @param {string} schema */
function checkSchema(schema) {
	compile(schema);
	return [];
}

/** @param {readonly PatternCheck[]} checks */
function checkPatterns(checks) {
	return checks
		.flatMap(({ pattern, texts }) => {
			const expression = new RegExp(pattern);
			return texts
				.filter(({ text }) => !expression.test(text))
				.map(({ location }) => ({
					location,
					reason: `must match ${truncate(pattern)}`,
					constraint: "pattern",
				}));
		})
		.slice(0, MAX_VIOLATIONS);
}

/**
 * @param {{ schemas: readonly string[], content: Uint8Array }} task
 * @returns {Violation[]}
 */
function validate({ schemas, content }) {
	const value = parseContent(content);
	return schemas
		.flatMap((schema) => {
			const check = compile(schema);
			if (check(value)) return [];
			return (check.errors ?? []).slice(0, MAX_VIOLATIONS).map((error) => ({
				location: truncate(error.instancePath),
				reason: truncate(error.message ?? "is not allowed"),
				constraint: error.keyword,
			}));
		})
		.slice(0, MAX_VIOLATIONS);
}

/** @param {Uint8Array} content */
function parseContent(content) {
	try {
		const text = new TextDecoder("utf-8", { fatal: true }).decode(content);
		const value = JSON.parse(text);
		requireDepth(text);
		return value;
	} catch (cause) {
		if (cause instanceof RangeError) throw cause;
		throw new Error(`is not JSON: ${reasonOf(cause)}`, { cause });
	}
}

/**
 * A schema that refers to itself is evaluated with one call for each level.
 * @param {string} json
 */
function requireDepth(json) {
	let depth = 0;
	let quoted = false;
	for (let at = 0; at < json.length; at += 1) {
		const character = json[at];
		if (character === '"') quoted = !quoted;
		else if (quoted) at += character === "\\" ? 1 : 0;
		else if (character === "[" || character === "{") depth += 1;
		else if (character === "]" || character === "}") depth -= 1;
		if (depth > MAX_DEPTH)
			throw new RangeError(`is nested more than ${MAX_DEPTH} levels deep`);
	}
}

/** @param {string} schema */
function compile(schema) {
	const ajv = new Ajv({
		allErrors: true,
		strict: false,
		validateFormats: false,
		logger: false,
	});
	const parsed = JSON.parse(schema);
	requireDepth(schema);
	if (parsed === null) throw new Error("schema must be object or boolean");
	return ajv.compile(/** @type {object} */ (toDraft7(parsed)));
}

/** Keywords whose values are JSON values, not schemas. */
const LITERAL = new Set(["enum", "const", "default"]);
/** Keywords whose values map names to schemas. A name may be that of a keyword. */
const NAMED = new Set([
	"properties",
	"patternProperties",
	"definitions",
	"dependencies",
]);

/**
 * Converts a schema of draft 4, which AppConfig's validators use, to draft 7, which Ajv supports. In draft 4 exclusive
 * limits are booleans.
 * @param {unknown} schema
 * @returns {unknown}
 */
function toDraft7(schema) {
	if (Array.isArray(schema)) return schema.map(toDraft7);
	if (typeof schema !== "object" || schema === null) return schema;
	/** @type {Record<string, unknown>} */
	const result = {};
	for (const [key, value] of Object.entries(schema)) {
		// $async is a keyword of Ajv alone: such a schema would validate to a promise.
		if (key === "$schema" || key === "$async") continue;
		if (key === "id" && typeof value === "string") continue;
		if (LITERAL.has(key)) result[key] = value;
		else result[key] = NAMED.has(key) ? mapValues(value) : toDraft7(value);
	}
	toExclusive(result, "exclusiveMinimum", "minimum");
	toExclusive(result, "exclusiveMaximum", "maximum");
	return result;
}

/**
 * @param {unknown} schemas
 * @returns {unknown}
 */
function mapValues(schemas) {
	if (typeof schemas !== "object" || schemas === null || Array.isArray(schemas))
		return schemas;
	return Object.fromEntries(
		Object.entries(schemas).map(([name, schema]) => [name, toDraft7(schema)]),
	);
}

/**
 * @param {Record<string, unknown>} schema
 * @param {string} exclusive
 * @param {string} limit
 */
function toExclusive(schema, exclusive, limit) {
	const flag = schema[exclusive];
	if (typeof flag !== "boolean") return;
	delete schema[exclusive];
	if (!flag || schema[limit] === undefined) return;
	schema[exclusive] = schema[limit];
	delete schema[limit];
}

/** @param {unknown} error */
function reasonOf(error) {
	if (error instanceof RangeError && /call stack/.test(error.message))
		return "is nested too deeply, or refers to itself without end";
	return truncate(error instanceof Error ? error.message : String(error));
}

/** @param {string} text */
function truncate(text) {
	return text.length > MAX_TEXT_LENGTH
		? `${text.slice(0, MAX_TEXT_LENGTH)}…`
		: text;
}
