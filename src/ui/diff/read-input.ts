import type { ProfileId } from "../../core/profile/profile.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import { convertContent, isConvertible } from "../content/conversion.ts";
import { readContent, type StoredVersion } from "../content/use-body.ts";
import type { CompareInput } from "./messages.ts";

/** A stored version for a worker that reads documents; `undefined` when it is no longer stored. */
export async function readInput(
	reader: BodyReader,
	id: ProfileId,
	version: StoredVersion,
): Promise<CompareInput | undefined> {
	const content = await readContent(reader, id, version);
	if (!content) return undefined;
	const { bytes: body, contentType } = content;
	if (!isConvertible(content)) return { body, contentType };
	try {
		const { document } = await convertContent(content).result;
		return { body, contentType, extended: document };
	} catch {
		// The worker says that the text could not be read as a document.
		return { body, contentType };
	}
}
