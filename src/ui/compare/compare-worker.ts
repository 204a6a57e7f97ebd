// The worker that compares two versions as documents, and as text what has to be written out before.

import { runToEnd } from "../../document/diff/cooperative-task.ts";
import {
	countDifferences,
	inDocumentOrder,
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
import { splitLines } from "../../document/diff/text/lines.ts";
import type { ExtendedDocument } from "../../document/formats/presentation.ts";
import { toItem } from "./change-items.ts";
import type { CompareRequest, CompareResponse } from "./messages.ts";
import {
	canBeFormatted,
	formatted,
	type ParsedInput,
	parseInput,
	withDocument,
} from "./parse-input.ts";
import { summarizeReadings } from "./summarize.ts";
import { compareFormatted, compareSources } from "./text-compared.ts";
import { jsonPatchError, toCopyText } from "./write-form.ts";

interface Compared {
	readonly old: ParsedInput;
	readonly new: ParsedInput;
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
			const [old, fresh] = [parseInput(data.old), parseInput(data.new)];
			const summary = summarizeReadings(old, fresh);
			answer({ type: "summary", id, summary }, [summary.nodes.buffer]);
		}
	}
};

function compare(
	request: Extract<CompareRequest, { type: "compare" }>,
): Compared {
	const [old, fresh] = [parseInput(request.old), parseInput(request.new)];
	if (request.formatted) tellText([old, fresh]);
	if (request.awaitsDocuments) return { old, new: fresh };
	return compareStructure({ old, new: fresh }, false);
}

function compareDocuments(
	before: Compared,
	request: {
		readonly old: ExtendedDocument | undefined;
		readonly new: ExtendedDocument | undefined;
	},
): Compared {
	const read = (
		reading: ParsedInput,
		extended: ExtendedDocument | undefined,
	) => (extended ? withDocument(reading, extended) : reading);
	return compareStructure(
		{ old: read(before.old, request.old), new: read(before.new, request.new) },
		true,
	);
}

function compareStructure(
	{ old, new: fresh }: Compared,
	converted: boolean,
): Compared {
	if (!old.tree || !fresh.tree) {
		answer({
			type: "structure",
			error: troubleOf(old, fresh),
			converted,
			summary: "",
			counts: { changed: 0, added: 0, removed: 0, moved: 0 },
			coarse: false,
		});
		return { old, new: fresh };
	}
	const structure = runToEnd(diffStructure(old.tree, fresh.tree));
	const compared = { old, new: fresh, structure };
	tellStructure(compared, converted);
	return compared;
}

function tellText([old, fresh]: readonly [ParsedInput, ParsedInput]): void {
	const isFormatted = canBeFormatted(old, fresh);
	const { diff, notes, unchanged } = runToEnd(
		isFormatted
			? compareFormatted(old, fresh, [formatted(old), formatted(fresh)])
			: compareSources(old, fresh),
	);
	const changes = Int32Array.from(
		diff.changes.flatMap((one) => [
			one.oldStart,
			one.oldEnd,
			one.newStart,
			one.newEnd,
		]),
	);
	answer({
		type: "text",
		oldText: diff.old.text,
		newText: diff.new.text,
		oldStarts: diff.old.starts,
		newStarts: diff.new.starts,
		changes,
		formatted: isFormatted,
		notes,
		unchanged,
	});
}

function tellStructure(
	{ old, new: fresh, structure: diff }: Required<Compared>,
	converted: boolean,
): void {
	const counts = countDifferences(diff);
	const isSame = diff.differences.length === 0;
	const changes = isSame
		? documentSourceChanges(old, fresh)
		: hiddenChanges(old, fresh);
	const patchError = jsonPatchError({ old, new: fresh, structure: diff });
	answer({
		type: "structure",
		converted,
		summary: isSame
			? describeOnlyChanges(changes)
			: summarizeCounts(counts, diff.coarse),
		notes: sentencesOf(changes),
		counts,
		coarse: diff.coarse,
		...(patchError ? { jsonPatchError: patchError } : {}),
	});
	const differences = inDocumentOrder(diff);
	const lines = {
		old: splitLines(diff.old.text),
		new: splitLines(diff.new.text),
	};
	for (let at = 0; at < differences.length; at += ITEMS_PER_ANSWER)
		answer({
			type: "items",
			items: differences
				.slice(at, at + ITEMS_PER_ANSWER)
				.map((difference) => toItem(diff, difference, lines)),
		});
}

function troubleOf(old: ParsedInput, fresh: ParsedInput): string {
	const [one] = [old, fresh].filter((reading) => !reading.tree);
	const which = one === old ? "older" : "newer";
	return one?.error
		? `The ${which} version cannot be read as a document: ${one.error}`
		: "Only JSON, JSON Lines, YAML and Ion are compared value by value.";
}

function answer(message: CompareResponse, transfer: Transferable[] = []): void {
	self.postMessage(message, { transfer });
}
