import {
	collectPatternChecks,
	InvalidFlagsError,
	parseAuthoredFlags,
	type Violation,
} from "../../flags/authored.ts";
import type { ProfileRecord, Validator } from "../registry/records.ts";
import type { Finding, Validation } from "../validation/validation.ts";
import {
	badRequest,
	type InvalidConfigurationDetail,
	invalidConfiguration,
} from "./errors.ts";

export class InvalidContentError extends Error {
	readonly details: readonly InvalidConfigurationDetail[];
	constructor(message: string, details: readonly InvalidConfigurationDetail[]) {
		super(message);
		this.details = details;
	}
}

/** What a profile says about its contents. */
export type ContentRules = Pick<ProfileRecord, "Type" | "Validators">;

/** Throws RefusalError unless the content may be deployed: it must be what its profile promises, and satisfy its validators. */
export async function requireDeployable(
	validation: Validation,
	profile: ContentRules,
	content: Uint8Array,
): Promise<void> {
	await toBadRequest(async () => {
		await checkFlags(validation, profile, content);
		await checkValidators(validation, profile, content);
	});
}

/** Throws RefusalError that names the path of every mistake in a flag document. */
export function requireValidFlags(
	validation: Validation,
	profile: ContentRules,
	content: Uint8Array,
): Promise<void> {
	return toBadRequest(() => checkFlags(validation, profile, content));
}

/** Throws RefusalError unless they are schemas. */
export async function requireSchemas(
	validation: Validation,
	validators: readonly Validator[] = [],
): Promise<void> {
	for (const { Content } of validators.filter(hasSchema)) {
		const [problem] = await validation.run({ kind: "schema", schema: Content });
		if (problem)
			throw badRequest(`The validator is not a JSON Schema: ${problem.reason}`);
	}
}

/** Throws InvalidContentError. */
export async function checkFlags(
	validation: Validation,
	{ Type }: ContentRules,
	content: Uint8Array,
): Promise<void> {
	if (Type !== "AWS.AppConfig.FeatureFlags") return;
	const checks = collectPatternChecks(parse(content));
	if (checks.length === 0) return;
	throwIfInvalid(
		"is not a feature flag document",
		"FEATURE_FLAGS",
		await validation.run({ kind: "patterns", checks }),
	);
}

/** Throws InvalidContentError. */
export async function checkValidators(
	validation: Validation,
	{ Validators = [] }: Pick<ContentRules, "Validators">,
	content: Uint8Array,
): Promise<void> {
	const schemas = Validators.filter(hasSchema).map((one) => one.Content);
	if (schemas.length === 0) return;
	throwIfInvalid(
		"does not satisfy its validator",
		"JSON_SCHEMA",
		await validation.run({ kind: "content", schemas, content }),
	);
}

/** A validator may be empty; then there is nothing to satisfy. */
function hasSchema({ Content }: Validator): boolean {
	return Content.trim() !== "";
}

function parse(content: Uint8Array) {
	try {
		return parseAuthoredFlags(content);
	} catch (error) {
		if (!(error instanceof InvalidFlagsError)) throw error;
		throw new InvalidContentError(
			error.message,
			error.violations.map((mistake) => toDetail("FEATURE_FLAGS", mistake)),
		);
	}
}

function throwIfInvalid(
	what: string,
	type: string,
	findings: readonly Finding[],
): void {
	if (findings.length === 0) return;
	const list = findings.map(({ location, reason }) =>
		location === undefined ? `it ${reason}` : `${location || "/"} ${reason}`,
	);
	throw new InvalidContentError(
		`${what}: ${list.join("; ")}`,
		findings.map((finding) => toDetail(type, finding)),
	);
}

function toDetail(
	Type: string,
	{ location, reason, constraint }: Finding | Violation,
): InvalidConfigurationDetail {
	return {
		Type,
		Reason: reason,
		...(location === undefined ? {} : { Location: location }),
		...(constraint === undefined ? {} : { Constraint: constraint }),
	};
}

async function toBadRequest(check: () => Promise<void>): Promise<void> {
	try {
		await check();
	} catch (error) {
		if (!(error instanceof InvalidContentError)) throw error;
		throw invalidConfiguration(
			`The configuration ${error.message}`,
			error.details,
		);
	}
}
