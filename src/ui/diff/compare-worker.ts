import {
	countDifferences,
	type DifferenceCounts,
	inDocumentOrder,
	notesOnDuplicateKeys,
	summarizeCounts,
} from "../../document/diff/json/describe-changes.ts";
import { diffStructure } from "../../document/diff/json/structure-diff.ts";
import {
	describeOnlyChanges,
	documentSourceChanges,
	hiddenChanges,
	sentencesOf,
} from "../../document/diff/source-changes.ts";
import { runToEnd } from "../../document/diff/text/cooperative-task.ts";
import type { ExtendedDocument } from "../../document/formats/presentation.ts";
import { flagItems, linesOf, toItem } from "./change-items.ts";
import {
	type ComparedInputs,
	jsonPatchError,
	toCopyText,
} from "./copy-text.ts";
import type {
	ChangeItem,
	CompareRequest,
	CompareResponse,
} from "./messages.ts";
import {
	canBeFormatted,
	type ParsedInput,
	parseInput,
	toFormattedText,
	withDocument,
} from "./parse-input.ts";
import { summarizeChange } from "./summarize.ts";
import { compareFormatted, compareSources } from "./text-comparison.ts";

const ITEMS_PER_RESPONSE = 500;

/** The versions of the last `compare` request. */
let compared: ComparedInputs | undefined;

self.onmessage = ({ data }: MessageEvent<CompareRequest>) => {
	switch (data.type) {
		case "compare":
			compared = compare(data);
			return;
		case "documents":
			if (compared)
				compared = compareStructure(
					withExtended(compared.original, data.original),
					withExtended(compared.modified, data.modified),
					true,
				);
			return;
		case "copy":
			if (compared)
				respond({
					type: "copy",
					format: data.format,
					text: toCopyText(compared, data.format, data.fileName),
				});
			return;
		case "summarize": {
			const summary = summarizeChange(
				parseInput(data.original),
				parseInput(data.modified),
				{ withMarks: data.withMarks },
			);
			respond({ type: "summary", id: data.id, summary }, [
				summary.nodes.buffer,
			]);
		}
	}
};

function compare(
	request: Extract<CompareRequest, { type: "compare" }>,
): ComparedInputs {
	const original = parseInput(request.original);
	const modified = parseInput(request.modified);
	if (request.formatted) respondText(original, modified);
	return request.awaitsDocuments
		? { original, modified }
		: compareStructure(original, modified, false);
}

function withExtended(
	input: ParsedInput,
	extended: ExtendedDocument | undefined,
): ParsedInput {
	return extended ? withDocument(input, extended) : input;
}

function respondText(original: ParsedInput, modified: ParsedInput): void {
	const formatted = canBeFormatted(original, modified);
	const { diff, notes, unchanged } = runToEnd(
		formatted
			? compareFormatted(
					original,
					modified,
					toFormattedText(original),
					toFormattedText(modified),
				)
			: compareSources(original, modified),
	);
	const changes = Int32Array.from(
		diff.changes.flatMap((change) => [
			change.originalStart,
			change.originalEnd,
			change.modifiedStart,
			change.modifiedEnd,
		]),
	);
	respond({
		type: "text",
		originalText: diff.original.text,
		modifiedText: diff.modified.text,
		originalStarts: diff.original.starts,
		modifiedStarts: diff.modified.starts,
		changes,
		formatted,
		notes,
		unchanged,
	});
}

function compareStructure(
	original: ParsedInput,
	modified: ParsedInput,
	converted: boolean,
): ComparedInputs {
	if (!original.tree || !modified.tree) {
		respond({
			type: "structure",
			error: structureError(original, modified),
			converted,
			summary: "",
			counts: { changed: 0, added: 0, removed: 0, moved: 0 },
			coarse: false,
		});
		return { original, modified };
	}
	const structure = runToEnd(diffStructure(original.tree, modified.tree));
	const compared = { original, modified, structure };
	respondStructure(compared, converted);
	return compared;
}

function structureError(original: ParsedInput, modified: ParsedInput): string {
	const [input] = [original, modified].filter(({ tree }) => !tree);
	return input?.error
		? `The ${input === original ? "first" : "second"} version cannot be read as a document: ${input.error}`
		: "Only JSON, JSON Lines, YAML and Ion are compared value by value.";
}

function respondStructure(
	compared: Required<ComparedInputs>,
	converted: boolean,
): void {
	const { original, modified, structure } = compared;
	const flags = flagItems(structure);
	const counts = flags ? countItems(flags.items) : countDifferences(structure);
	const isSame = structure.differences.length === 0;
	const changes = isSame
		? documentSourceChanges(original, modified)
		: hiddenChanges(original, modified);
	const patchError = jsonPatchError(compared);
	respond({
		type: "structure",
		converted,
		summary: isSame
			? describeOnlyChanges(changes)
			: summarizeCounts(counts, !flags && structure.coarse),
		notes: [
			...notesOnDuplicateKeys(structure),
			...sentencesOf(changes),
			...(flags?.notes ?? []),
		],
		counts,
		coarse: !flags && structure.coarse,
		...(patchError ? { jsonPatchError: patchError } : {}),
	});
	const lines = linesOf(structure);
	const rows = flags?.items ?? inDocumentOrder(structure);
	for (let at = 0; at < rows.length; at += ITEMS_PER_RESPONSE)
		respond({
			type: "items",
			items: rows
				.slice(at, at + ITEMS_PER_RESPONSE)
				.map((row) => ("path" in row ? row : toItem(structure, row, lines))),
		});
}

function countItems(items: readonly ChangeItem[]): DifferenceCounts {
	const counts = { changed: 0, added: 0, removed: 0, moved: 0 };
	for (const { kind } of items) counts[kind] += 1;
	return counts;
}

function respond(
	message: CompareResponse,
	transfer: Transferable[] = [],
): void {
	self.postMessage(message, { transfer });
}
