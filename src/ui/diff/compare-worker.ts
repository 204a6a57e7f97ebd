// The worker that compares two versions as documents, and as text what has to be written out before.

import {
	countDifferences,
	inDocumentOrder,
	notesOnDuplicateKeys,
	summarizeCounts,
} from "../../document/diff/json/describe-changes.ts";
import {
	diffStructure,
	type StructureDiff,
} from "../../document/diff/json/structure-diff.ts";
import {
	describeOnlyChanges,
	documentSourceChanges,
	hiddenChanges,
	sentencesOf,
} from "../../document/diff/source-changes.ts";
import { runToEnd } from "../../document/diff/text/cooperative-task.ts";
import { splitLines } from "../../document/diff/text/lines.ts";
import type { ExtendedDocument } from "../../document/formats/presentation.ts";
import { toItem } from "./change-items.ts";
import { jsonPatchError, toCopyText } from "./copy-text.ts";
import type { CompareRequest, CompareResponse } from "./messages.ts";
import {
	canBeFormatted,
	formatted,
	type ParsedInput,
	parseInput,
	withDocument,
} from "./parse-input.ts";
import { summarizeReadings } from "./summarize.ts";
import { compareFormatted, compareSources } from "./text-comparison.ts";

interface Compared {
	readonly original: ParsedInput;
	readonly modified: ParsedInput;
	readonly structure?: StructureDiff;
}

const ITEMS_PER_ANSWER = 500;

let compared: Compared | undefined;

self.onmessage = ({ data }: MessageEvent<CompareRequest>) => {
	switch (data.type) {
		case "compare":
			compared = compare(data);
			return;
		case "documents":
			if (compared) compared = compareDocuments(compared, data);
			return;
		case "write":
			if (compared)
				answer({
					type: "written",
					form: data.form,
					text: toCopyText(compared, data),
				});
			return;
		case "summarize": {
			const { id } = data;
			const [original, modified] = [
				parseInput(data.original),
				parseInput(data.modified),
			];
			const summary = summarizeReadings(original, modified);
			answer({ type: "summary", id, summary }, [summary.nodes.buffer]);
		}
	}
};

function compare(
	request: Extract<CompareRequest, { type: "compare" }>,
): Compared {
	const [original, modified] = [
		parseInput(request.original),
		parseInput(request.modified),
	];
	if (request.formatted) tellText([original, modified]);
	if (request.awaitsDocuments) return { original, modified };
	return compareStructure({ original, modified }, false);
}

function compareDocuments(
	before: Compared,
	request: {
		readonly original: ExtendedDocument | undefined;
		readonly modified: ExtendedDocument | undefined;
	},
): Compared {
	const read = (
		reading: ParsedInput,
		extended: ExtendedDocument | undefined,
	) => (extended ? withDocument(reading, extended) : reading);
	return compareStructure(
		{
			original: read(before.original, request.original),
			modified: read(before.modified, request.modified),
		},
		true,
	);
}

function compareStructure(
	{ original, modified }: Compared,
	converted: boolean,
): Compared {
	if (!original.tree || !modified.tree) {
		answer({
			type: "structure",
			error: troubleOf(original, modified),
			converted,
			summary: "",
			counts: { changed: 0, added: 0, removed: 0, moved: 0 },
			coarse: false,
		});
		return { original, modified };
	}
	const structure = runToEnd(diffStructure(original.tree, modified.tree));
	const compared = { original, modified, structure };
	tellStructure(compared, converted);
	return compared;
}

function tellText([original, modified]: readonly [
	ParsedInput,
	ParsedInput,
]): void {
	const isFormatted = canBeFormatted(original, modified);
	const { diff, notes, unchanged } = runToEnd(
		isFormatted
			? compareFormatted(original, modified, [
					formatted(original),
					formatted(modified),
				])
			: compareSources(original, modified),
	);
	const changes = Int32Array.from(
		diff.changes.flatMap((one) => [
			one.originalStart,
			one.originalEnd,
			one.modifiedStart,
			one.modifiedEnd,
		]),
	);
	answer({
		type: "text",
		originalText: diff.original.text,
		modifiedText: diff.modified.text,
		originalStarts: diff.original.starts,
		modifiedStarts: diff.modified.starts,
		changes,
		formatted: isFormatted,
		notes,
		unchanged,
	});
}

function tellStructure(
	{ original, modified, structure: diff }: Required<Compared>,
	converted: boolean,
): void {
	const counts = countDifferences(diff);
	const isSame = diff.differences.length === 0;
	const changes = isSame
		? documentSourceChanges(original, modified)
		: hiddenChanges(original, modified);
	const patchError = jsonPatchError({ original, modified, structure: diff });
	answer({
		type: "structure",
		converted,
		summary: isSame
			? describeOnlyChanges(changes)
			: summarizeCounts(counts, diff.coarse),
		notes: [...notesOnDuplicateKeys(diff), ...sentencesOf(changes)],
		counts,
		coarse: diff.coarse,
		...(patchError ? { jsonPatchError: patchError } : {}),
	});
	const differences = inDocumentOrder(diff);
	const lines = {
		original: splitLines(diff.original.text),
		modified: splitLines(diff.modified.text),
	};
	for (let at = 0; at < differences.length; at += ITEMS_PER_ANSWER)
		answer({
			type: "items",
			items: differences
				.slice(at, at + ITEMS_PER_ANSWER)
				.map((difference) => toItem(diff, difference, lines)),
		});
}

function troubleOf(original: ParsedInput, modified: ParsedInput): string {
	const [one] = [original, modified].filter((reading) => !reading.tree);
	const which = one === original ? "older" : "newer";
	return one?.error
		? `The ${which} version cannot be read as a document: ${one.error}`
		: "Only JSON, JSON Lines, YAML and Ion are compared value by value.";
}

function answer(message: CompareResponse, transfer: Transferable[] = []): void {
	self.postMessage(message, { transfer });
}
