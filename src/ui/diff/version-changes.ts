// What changed from one version to the next, asked for once whoever wants to know: rows of the history and the live tree.
import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import { readContent } from "../content/use-body.ts";
import { convertInputs } from "./convert.ts";
import {
	type ChangeSummary,
	createSummaryQueue,
	type InputPair,
} from "./summaries.ts";

export interface VersionStep {
	readonly id: ProfileId;
	readonly before: Version;
	readonly version: Version;
}

/** With where the bytes of both are read. */
export interface VersionChange extends VersionStep {
	readonly reader: BodyReader;
}

/** To be another one when summaries say something else of the same versions. */
const FORMAT = "2";

const summaries = createSummaryQueue();

export async function summarizeVersionChange(
	step: VersionChange,
): Promise<ChangeSummary> {
	const { before, version } = step;
	return summaries.summarize(summaryKey(before, version), () => readBoth(step));
}

async function readBoth(step: VersionChange): Promise<InputPair> {
	const read = async (version: Version) => {
		const content = await readContent(step.reader, step.id, version);
		if (!content)
			throw new Error(`Version ${version.number} is no longer stored.`);
		const { bytes: body, contentType } = content;
		return { content, input: { body, contentType } };
	};
	const original = await read(step.before);
	const modified = await read(step.version);
	const conversion = convertInputs(original.content, modified.content);
	if (!conversion) return [original.input, modified.input];
	try {
		const [left, right] = await conversion.documents;
		return [
			{ ...original.input, extended: left },
			{ ...modified.input, extended: right },
		];
	} catch {
		// What cannot be read, or not in time, is compared line by line.
		return [original.input, modified.input];
	} finally {
		conversion.cancel();
	}
}

/** Of the bytes, of how they are read, and of the words: those of older builds are not shown again. */
export function summaryKey(before: Version, version: Version): string {
	return [before, version]
		.map(({ hash, contentType }) => `${hash.slice(0, 16)} ${contentType}`)
		.concat(FORMAT)
		.join(" ");
}
