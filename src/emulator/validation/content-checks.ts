import {
	collectPatternChecks,
	InvalidFlagsError,
	parseAuthoredFlags,
	type Violation,
} from "../../flags/authored.ts";
import type { ProfileRecord, Validator } from "../registry/records.ts";
import { decodeFlags, FLAGS_HOST } from "../shared/flags-host.ts";
import type { Validation } from "./validation.ts";

/** The members of a profile that decide whether a content is valid. */
export type ContentRules = Pick<ProfileRecord, "Type" | "Validators">;

/** The message continues a sentence whose subject is the configuration. */
export class InvalidContentError extends Error {
	readonly type: "FEATURE_FLAGS" | "JSON_SCHEMA";
	readonly violations: readonly Violation[];
	constructor(
		message: string,
		type: InvalidContentError["type"],
		violations: readonly Violation[],
	) {
		super(message);
		this.type = type;
		this.violations = violations;
	}
}

/** Checks what a deployment requires: the type of the profile and its validators. Throws InvalidContentError. */
export async function checkContent(
	validation: Validation,
	rules: ContentRules,
	content: Uint8Array,
): Promise<void> {
	await checkFlags(validation, rules, content);
	const schemas = schemasOf(rules.Validators);
	if (schemas.length === 0) return;
	throwIfViolated(
		"does not satisfy its validator",
		"JSON_SCHEMA",
		await validation.run({ kind: "content", schemas, content }),
	);
}

/** Checks a feature flag document; does nothing for profiles of another type. Throws InvalidContentError. */
export async function checkFlags(
	validation: Validation,
	{ Type }: ContentRules,
	content: Uint8Array,
): Promise<void> {
	if (Type !== "AWS.AppConfig.FeatureFlags") return;
	const checks = collectPatternChecks(parseFlags(content));
	if (checks.length === 0) return;
	throwIfViolated(
		"is not a feature flag document",
		"FEATURE_FLAGS",
		await validation.run({ kind: "patterns", checks }),
	);
}

/** Why the validators cannot be used; undefined when all of them are JSON Schemas. */
export async function findSchemaProblem(
	validation: Validation,
	validators: readonly Validator[] | undefined,
): Promise<string | undefined> {
	for (const schema of schemasOf(validators)) {
		const [problem] = await validation.run({ kind: "schema", schema });
		if (problem) return problem.reason;
	}
	return undefined;
}

/** AppConfig accepts an empty validator, which every configuration satisfies. */
function schemasOf(validators: readonly Validator[] = []): readonly string[] {
	return validators
		.map(({ Content }) => Content)
		.filter((schema) => schema.trim() !== "");
}

function parseFlags(content: Uint8Array) {
	try {
		return parseAuthoredFlags(decodeFlags(content), FLAGS_HOST);
	} catch (error) {
		if (!(error instanceof InvalidFlagsError)) throw error;
		throw new InvalidContentError(
			error.message,
			"FEATURE_FLAGS",
			error.violations,
		);
	}
}

function throwIfViolated(
	message: string,
	type: InvalidContentError["type"],
	violations: readonly Violation[],
): void {
	if (violations.length === 0) return;
	const list = violations.map(({ location, reason }) =>
		location === undefined ? `it ${reason}` : `${location || "/"} ${reason}`,
	);
	throw new InvalidContentError(
		`${message}: ${list.join("; ")}`,
		type,
		violations,
	);
}
