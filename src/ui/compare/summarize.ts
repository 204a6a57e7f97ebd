// What changed from one version to the next, in a few words.
import { diffLines } from "../../document/compare/line-diff.ts";
import {
	countDifferences,
	toSummary,
} from "../../document/compare/sentences.ts";
import { finish } from "../../document/compare/steps.ts";
import { diffStructure } from "../../document/compare/structure-diff.ts";
import { grouped } from "../../document/grouped.ts";
import type { ChangeSummary } from "./messages.ts";
import type { Reading } from "./reading.ts";
import { FORMATTING_ONLY, NO_CHANGES } from "./summary-words.ts";

export function summarizeReadings(old: Reading, fresh: Reading): ChangeSummary {
	if (old.text === fresh.text)
		return { text: NO_CHANGES, size: 0, nodes: new Int32Array() };
	if (old.tree && fresh.tree) {
		const diff = finish(diffStructure(old.tree, fresh.tree));
		const nodes = diff.differences.flatMap((one) =>
			one.kind === "removed" ? [] : [one.new],
		);
		return {
			text:
				diff.differences.length === 0
					? FORMATTING_ONLY
					: toSummary(countDifferences(diff), diff.coarse),
			size: diff.differences.length,
			nodes: Int32Array.from(nodes),
		};
	}
	return summarizeLines(old.text, fresh.text);
}

function summarizeLines(old: string, fresh: string): ChangeSummary {
	const { changes } = finish(diffLines(old, fresh));
	let [added, removed] = [0, 0];
	for (const one of changes) {
		added += one.newEnd - one.newStart;
		removed += one.oldEnd - one.oldStart;
	}
	const parts = [
		added > 0 ? `${grouped(added)} added` : "",
		removed > 0 ? `${grouped(removed)} removed` : "",
	].filter((part) => part !== "");
	return {
		text: `lines: ${parts.join(", ")}`,
		size: added + removed,
		nodes: new Int32Array(),
	};
}
