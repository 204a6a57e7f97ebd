// What changed from one version to the next, asked for once whoever wants to know: rows of the history and the live tree.
import type { Version } from "../../core/history.ts";
import type { ProfileId } from "../../core/profile.ts";
import type { BodyReader } from "../../store/library.ts";
import {
	type ChangeSummary,
	createSummaries,
	type Subject,
} from "../compare/summaries.ts";

export interface Step {
	readonly id: ProfileId;
	readonly before: Version;
	readonly version: Version;
}

/** With where the bytes of both are read. */
export interface SteppedTo extends Step {
	readonly reader: BodyReader;
}

const summaries = createSummaries();

export function changesOf({
	reader,
	id,
	before,
	version,
}: SteppedTo): Promise<ChangeSummary> {
	const read = async (one: Version): Promise<Subject> => {
		const body = await reader.readBody(id, one.number);
		if (!body) throw new Error(`Version ${one.number} is no longer stored.`);
		return { body, contentType: one.contentType };
	};
	return summaries.summarize(keyOf(before, version), async () => [
		await read(before),
		await read(version),
	]);
}

/** Of the bytes and of how they are read. */
export function keyOf(before: Version, version: Version): string {
	return [before, version]
		.map(({ hash, contentType }) => `${hash.slice(0, 16)} ${contentType}`)
		.join(" ");
}
