// YAML 1.2 as JSON text: order, duplicates as errors, numbers as written, tags of applications kept as text.

import {
	CORE_SCHEMA,
	defineMappingTag,
	defineScalarTag,
	defineSequenceTag,
	floatCoreTag,
	intCoreTag,
	loadAll,
	mergeTag,
	NOT_RESOLVED,
	realMapTag,
	type ScalarTagDefinition,
} from "js-yaml";
import { type NumberText, writeJson } from "./json-writer.ts";

/** Several documents in one text become an array of them. Throws what js-yaml throws: a message with line and column. */
export function yamlToJson(text: string): string {
	const documents = loadAll(text, { schema: SCHEMA });
	return writeJson(documents.length === 1 ? documents[0] : documents);
}

/** `!Ref x` and its like, which only the application behind the configuration understands. */
const OWN_TAGS = [
	defineScalarTag("!", {
		matchByTagPrefix: true,
		resolve: (source, _isExplicit, tag) => `${tag} ${source}`,
		identify: () => false,
	}),
	defineSequenceTag<unknown[]>("!", {
		matchByTagPrefix: true,
		create: () => [],
		addItem: (items, item) => {
			items.push(item);
		},
		identify: () => false,
	}),
	defineMappingTag<Map<unknown, unknown>>("!", {
		...realMapTag,
		matchByTagPrefix: true,
		identify: () => false,
	}),
];

const SCHEMA = CORE_SCHEMA.withTags(
	mergeTag,
	realMapTag,
	asWritten(intCoreTag),
	asWritten(floatCoreTag),
	OWN_TAGS,
);

function asWritten(
	tag: ScalarTagDefinition<number>,
): ScalarTagDefinition<NumberText> {
	return {
		...tag,
		resolve: (source, isExplicit, name) =>
			tag.resolve(source, isExplicit, name) === NOT_RESOLVED
				? NOT_RESOLVED
				: { numberText: source },
		identify: () => false,
	};
}
