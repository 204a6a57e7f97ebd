// A comparison written out for the clipboard.
import {
	compareFormatting,
	tellFormatting,
} from "../../document/compare/formatting.ts";
import { toJsonPatch } from "../../document/compare/json-patch.ts";
import { diffLines } from "../../document/compare/line-diff.ts";
import { toSentences } from "../../document/compare/sentences.ts";
import { finish } from "../../document/compare/steps.ts";
import type { StructureDiff } from "../../document/compare/structure-diff.ts";
import { toUnifiedPatch } from "../../document/compare/unified-patch.ts";
import type { CopyForm } from "./messages.ts";
import type { Reading } from "./reading.ts";

export interface Written {
	readonly old: Reading;
	readonly new: Reading;
	readonly structure?: StructureDiff;
}

/** The patch is between the texts as they are, however they are shown. */
export function writeForm(
	{ old, new: fresh, structure }: Written,
	{ form, name }: { readonly form: CopyForm; readonly name: string },
): string {
	if (form === "patch" || !structure)
		return toUnifiedPatch(finish(diffLines(old.text, fresh.text)), name);
	if (form === "json-patch") return toJsonPatch(structure);
	if (structure.differences.length === 0)
		return `${tellFormatting(compareFormatting(structure.old, structure.new))}\n`;
	return toSentences(structure)
		.map((sentence) => `${sentence}\n`)
		.join("");
}
