// The JSON Schema of feature flag documents as AppConfig stores them, after
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-type-reference-feature-flags.html

const KEY = "^[a-z][a-zA-Z\\d_-]{0,63}$";
const NAME = {
	type: "string",
	minLength: 1,
	maxLength: 64,
	pattern: "^[^\\n]*$",
};
const TIME = { type: "string", format: "date-time" };

function closed(properties: object, required: string[] = []): object {
	return {
		type: "object",
		properties,
		required,
		additionalProperties: false,
	};
}

function keyed(values: object): object {
	return {
		type: "object",
		patternProperties: { [KEY]: values },
		additionalProperties: false,
	};
}

const numberConstraints = closed(
	{
		type: { const: "number" },
		required: { type: "boolean" },
		minimum: { type: "integer" },
		maximum: { type: "integer" },
	},
	["type"],
);

const stringConstraints = {
	...closed(
		{
			type: { const: "string" },
			required: { type: "boolean" },
			pattern: { type: "string", maxLength: 1024 },
			enum: {
				type: "array",
				maxItems: 100,
				items: { type: ["string", "integer"], maxLength: 1024 },
			},
		},
		["type"],
	),
	not: { required: ["pattern", "enum"] },
};

const constraints = {
	type: "object",
	required: ["type"],
	discriminator: { propertyName: "type" },
	oneOf: [
		numberConstraints,
		stringConstraints,
		closed(
			{
				type: { const: "array" },
				required: { type: "boolean" },
				elements: {
					type: "object",
					required: ["type"],
					discriminator: { propertyName: "type" },
					oneOf: [numberConstraints, stringConstraints],
				},
			},
			["type"],
		),
		closed({ type: { const: "boolean" }, required: { type: "boolean" } }, [
			"type",
		]),
	],
};

const attributeValue = {
	type: ["string", "number", "boolean", "array"],
	maxLength: 1024,
	// The first item decides whether all items must be strings or numbers.
	if: { type: "array", items: [{ type: "number" }] },
	// biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
	then: { items: { type: "number" } },
	else: { items: { type: "string", maxLength: 1024 } },
};

const variant = closed(
	{
		name: NAME,
		enabled: { type: "boolean" },
		rule: { type: "string", maxLength: 16384 },
		attributeValues: { ...keyed(attributeValue), maxProperties: 25 },
	},
	["name", "enabled"],
);

const flagDefinition = closed(
	{
		name: NAME,
		description: { type: "string", maxLength: 1024 },
		_createdAt: TIME,
		_updatedAt: TIME,
		_deprecation: closed({
			status: { type: "string", enum: ["planned"] },
			date: { type: "string", format: "date" },
		}),
		attributes: {
			...keyed(
				closed({
					description: { type: "string", maxLength: 1024 },
					constraints,
				}),
			),
			maxProperties: 25,
		},
	},
	[],
);

const flagValue = {
	type: "object",
	properties: {
		enabled: { type: "boolean" },
		_createdAt: TIME,
		_updatedAt: TIME,
		_variants: { type: "array", maxItems: 32, items: variant },
	},
	patternProperties: {
		"^(?!enabled$)[a-z][a-zA-Z\\d_-]{0,63}$": attributeValue,
	},
	maxProperties: 29,
	additionalProperties: false,
};

export const FLAGS_SCHEMA = {
	...closed(
		{
			version: { type: "string", enum: ["1"] },
			flags: keyed(flagDefinition),
			values: keyed(flagValue),
		},
		["version"],
	),
};
