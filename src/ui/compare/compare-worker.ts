// The worker that compares two versions as documents, and as text what has to be written out before.

import { finish } from "../../document/diff/cooperative-task.ts";
import {
	countDifferences,
	inReadingOrder,
	toSummary,
} from "../../document/diff/json/describe-changes.ts";
import {
	diffStructure,
	type StructureDiff,
} from "../../document/diff/json/structure-diff.ts";
import {
	documentChanges,
	hiddenChanges,
	sentencesOf,
	tellNothingBut,
} from "../../document/diff/source-changes.ts";
import { toLines } from "../../document/diff/text/lines.ts";
import type { Extended } from "../../document/formats/presentation.ts";
import { toItem } from "./change-items.ts";
import type { CompareAnswer, CompareRequest } from "./messages.ts";
import {
	canBeFormatted,
	formatted,
	type Reading,
	readSubject,
	withDocument,
} from "./parse-input.ts";
import { summarizeReadings } from "./summarize.ts";
import { compareFormatted, compareSources } from "./text-compared.ts";
import { jsonPatchTrouble, writeForm } from "./write-form.ts";

interface Compared {
	readonly old: Reading;
	readonly new: Reading;
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
					text: writeForm(compared, data),
				});
			return;
		case "summarize": {
			const { id } = data;
			const [old, fresh] = [readSubject(data.old), readSubject(data.new)];
			const summary = summarizeReadings(old, fresh);
			answer({ type: "summary", id, summary }, [summary.nodes.buffer]);
		}
	}
};

function compare(
	request: Extract<CompareRequest, { type: "compare" }>,
): Compared {
	const [old, fresh] = [readSubject(request.old), readSubject(request.new)];
	if (request.formatted) tellText([old, fresh]);
	if (request.awaitsDocuments) return { old, new: fresh };
	return compareStructure({ old, new: fresh }, false);
}

function compareDocuments(
	before: Compared,
	request: {
		readonly old: Extended | undefined;
		readonly new: Extended | undefined;
	},
): Compared {
	const read = (reading: Reading, extended: Extended | undefined) =>
		extended ? withDocument(reading, extended) : reading;
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
			trouble: troubleOf(old, fresh),
			converted,
			summary: "",
			counts: { changed: 0, added: 0, removed: 0, moved: 0 },
			coarse: false,
		});
		return { old, new: fresh };
	}
	const structure = finish(diffStructure(old.tree, fresh.tree));
	const compared = { old, new: fresh, structure };
	tellStructure(compared, converted);
	return compared;
}

function tellText([old, fresh]: readonly [Reading, Reading]): void {
	const isFormatted = canBeFormatted(old, fresh);
	const { diff, notes, unchanged } = finish(
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
		? documentChanges(old, fresh)
		: hiddenChanges(old, fresh);
	const patchTrouble = jsonPatchTrouble({ old, new: fresh, structure: diff });
	answer({
		type: "structure",
		converted,
		summary: isSame ? tellNothingBut(changes) : toSummary(counts, diff.coarse),
		notes: sentencesOf(changes),
		counts,
		coarse: diff.coarse,
		...(patchTrouble ? { patchTrouble } : {}),
	});
	const differences = inReadingOrder(diff);
	const lines = { old: toLines(diff.old.text), new: toLines(diff.new.text) };
	for (let at = 0; at < differences.length; at += ITEMS_PER_ANSWER)
		answer({
			type: "items",
			items: differences
				.slice(at, at + ITEMS_PER_ANSWER)
				.map((difference) => toItem(diff, difference, lines)),
		});
}

function troubleOf(old: Reading, fresh: Reading): string {
	const [one] = [old, fresh].filter((reading) => !reading.tree);
	const which = one === old ? "older" : "newer";
	return one?.trouble
		? `The ${which} version cannot be read as a document: ${one.trouble}`
		: "Only JSON, JSON Lines, YAML and Ion are compared value by value.";
}

function answer(message: CompareAnswer, transfer: Transferable[] = []): void {
	self.postMessage(message, { transfer });
}
