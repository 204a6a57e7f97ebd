import {
	describeChanges,
	isUnderDuplicateKeys,
	notesOnDuplicateKeys,
	previewValue,
} from "../../document/diff/json/describe-changes.ts";
import { tagKeyOf } from "../../document/diff/json/equality.ts";
import { toJsonPatch } from "../../document/diff/json/json-patch.ts";
import type { StructureDiff } from "../../document/diff/json/structure-diff.ts";
import {
	describeOnlyChanges,
	documentSourceChanges,
	hiddenChanges,
	sentencesOf,
} from "../../document/diff/source-changes.ts";
import { runToEnd } from "../../document/diff/text/cooperative-task.ts";
import { diffLines } from "../../document/diff/text/line-diff.ts";
import { toUnifiedPatch } from "../../document/diff/text/unified-patch.ts";
import { valueSource } from "../../document/json/children.ts";
import { scanNumber } from "../../document/json/json-scanner.ts";
import {
	at,
	ION_SCALAR,
	isContainer,
	NUMBER,
	STRING,
	subtreeEnd,
	type Tree,
} from "../../document/json/tree.ts";
import { toClipboardText } from "../content/encoding.ts";
import type { CopyFormat } from "./messages.ts";
import type { ParsedInput } from "./parse-input.ts";

export interface ComparedInputs {
	readonly original: ParsedInput;
	readonly modified: ParsedInput;
	readonly structure?: StructureDiff;
}

/** The changes as text for the clipboard. A patch is between the texts as received, however they are shown. */
export function toCopyText(
	{ original, modified, structure }: ComparedInputs,
	format: CopyFormat,
	fileName: string,
): string {
	if (format === "patch" || !structure) {
		// With the byte order marks, which are characters of the first lines.
		const [before, after] = [original, modified].map(
			({ bytes, text }) => toClipboardText(bytes) ?? text,
		) as [string, string];
		return toUnifiedPatch(runToEnd(diffLines(before, after)), fileName);
	}
	if (format === "json-patch") return toJsonPatch(structure);
	const isSame = structure.differences.length === 0;
	const changes = isSame
		? documentSourceChanges(original, modified)
		: hiddenChanges(original, modified);
	return [
		...(isSame ? [describeOnlyChanges(changes)] : describeChanges(structure)),
		...notesOnDuplicateKeys(structure),
		...sentencesOf(changes),
	]
		.map((sentence) => `${sentence}\n`)
		.join("");
}

/** Why JSON Patch cannot be copied: both versions must be one document, and new values must be JSON. */
export function jsonPatchError({
	original,
	modified,
	structure,
}: Required<ComparedInputs>): string | undefined {
	for (const [input, which] of [
		[original, "first"],
		[modified, "second"],
	] as const) {
		if (input.invalidBytes !== "")
			return `JSON is text, and the ${which} version has bytes that are not ${input.encoding.toUpperCase()}.`;
		if (input.kind === "json-lines" || input.presentation.documents !== "1")
			return `JSON Patch changes one document, and the ${which} version is not one.`;
	}
	if (isUnderDuplicateKeys(structure))
		return "JSON Patch cannot address keys that occur more than once in an object.";
	for (const difference of structure.differences)
		if (
			(difference.kind === "added" || difference.kind === "changed") &&
			!isJson(structure.modified, difference.modified)
		)
			return `JSON has no value like ${previewValue(structure.modified, difference.modified)}.`;
	return undefined;
}

/** Whether a value of extended JSON is JSON. */
function isJson(tree: Tree, top: number): boolean {
	if (!tree.tag) return true;
	for (let node = top; node < subtreeEnd(tree, top); node += 1) {
		const kind = at(tree.kind, node);
		if (kind === ION_SCALAR || tagKeyOf(tree, node) !== "") return false;
		if (kind === STRING || isContainer(tree, node)) continue;
		const source = valueSource(tree, node);
		const isToken =
			kind === NUMBER
				? scanNumber(source, 0) === source.length
				: /^[a-z]+$/.test(source);
		if (!isToken) return false;
	}
	return true;
}
