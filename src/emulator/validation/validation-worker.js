// The other end of validation.ts. It is JavaScript, so that a worker can run it where the sources are not compiled.
import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";

/** @typedef {import("./validation.ts").ValidationTask} ValidationTask */
/** @typedef {import("./validation.ts").Finding} Finding */

const MOST_FINDINGS = 100;
const LONGEST_TEXT = 500;
const DEEPEST = 1_000;

const require = createRequire(import.meta.url);
/** @type {typeof import("ajv")} */
const { Ajv } = require("ajv");

parentPort?.on("message", (/** @type {ValidationTask} */ task) => {
	parentPort?.postMessage(carryOut(task));
});
parentPort?.postMessage("ready");

/**
 * @param {ValidationTask} task
 * @returns {readonly Finding[]}
 */
function carryOut(task) {
	try {
		if (task.kind === "schema") return checkSchema(task.schema);
		if (task.kind === "patterns") return checkPatterns(task.checks);
		return validate(task);
	} catch (error) {
		return [{ reason: toReason(error) }];
	}
}

/** @param {string} schema */
function checkSchema(schema) {
	compile(schema);
	return [];
}

/** @param {readonly import("../flags/authoring.ts").PatternCheck[]} checks */
function checkPatterns(checks) {
	return checks
		.flatMap(({ pattern, texts }) => {
			const expression = new RegExp(pattern);
			return texts
				.filter(({ text }) => !expression.test(text))
				.map(({ location }) => ({
					location,
					reason: `must match ${shorten(pattern)}`,
					constraint: "pattern",
				}));
		})
		.slice(0, MOST_FINDINGS);
}

/**
 * @param {{ schemas: readonly string[], content: Uint8Array }} task
 * @returns {Finding[]}
 */
function validate({ schemas, content }) {
	const value = parseContent(content);
	return schemas
		.flatMap((schema) => {
			const check = compile(schema);
			if (check(value)) return [];
			return (check.errors ?? []).slice(0, MOST_FINDINGS).map((error) => ({
				location: shorten(error.instancePath),
				reason: shorten(error.message ?? "is not allowed"),
				constraint: error.keyword,
			}));
		})
		.slice(0, MOST_FINDINGS);
}

/** @param {Uint8Array} content */
function parseContent(content) {
	try {
		const text = new TextDecoder("utf-8", { fatal: true }).decode(content);
		const value = JSON.parse(text);
		requireShallow(text);
		return value;
	} catch (cause) {
		if (cause instanceof RangeError) throw cause;
		throw new Error(`is not JSON: ${toReason(cause)}`, { cause });
	}
}

/**
 * A schema that refers to itself takes a call for each level.
 * @param {string} json
 */
function requireShallow(json) {
	let depth = 0;
	let quoted = false;
	for (let at = 0; at < json.length; at += 1) {
		const character = json[at];
		if (character === '"') quoted = !quoted;
		else if (quoted) at += character === "\\" ? 1 : 0;
		else if (character === "[" || character === "{") depth += 1;
		else if (character === "]" || character === "}") depth -= 1;
		if (depth > DEEPEST)
			throw new RangeError(`is nested more than ${DEEPEST} levels deep`);
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
	requireShallow(schema);
	if (parsed === null) throw new Error("schema must be object or boolean");
	return ajv.compile(/** @type {object} */ (toDraft7(parsed)));
}

/** Under these stands what a content may be, which is no schema. */
const LITERAL = new Set(["enum", "const", "default"]);
/** Under these stand schemas by names that may be those of keywords. */
const NAMED = new Set([
	"properties",
	"patternProperties",
	"definitions",
	"dependencies",
]);

/**
 * AppConfig's validators are draft 4, where exclusive limits are flags; Ajv speaks draft 7.
 * @param {unknown} schema
 * @returns {unknown}
 */
function toDraft7(schema) {
	if (Array.isArray(schema)) return schema.map(toDraft7);
	if (typeof schema !== "object" || schema === null) return schema;
	/** @type {Record<string, unknown>} */
	const result = {};
	for (const [key, value] of Object.entries(schema)) {
		// Ajv would give a promise for a schema that says $async, a word of its own that draft 4 does not know.
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
function toReason(error) {
	if (error instanceof RangeError && /call stack/.test(error.message))
		return "is nested too deeply, or refers to itself without end";
	return shorten(error instanceof Error ? error.message : String(error));
}

/** @param {string} text */
function shorten(text) {
	return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
