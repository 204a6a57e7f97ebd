// A file of versions taken into a profile's history: laid down for the worker, which is the only one that writes there.
import type { Imported, ProfileRemote } from "../../core/contract.ts";
import type { ProfileId } from "../../core/profile.ts";
import { openIncoming } from "../../store/incoming.ts";
import { toHex } from "../copy/bytes-as-text.ts";
import { parseLines, type WithBody } from "./json-lines.ts";

/** Resolves with a sentence about what came of it, also when nothing was imported. */
export async function takeIn(
	remote: Pick<ProfileRemote, "importVersions">,
	id: ProfileId,
	text: string,
): Promise<string> {
	const parsed = parseLines(text);
	if (!parsed.ok) return parsed.error;
	for (const one of parsed.value)
		if ((await sha256(one.body)) !== one.version.hash)
			return `Version ${one.version.number} in this file is damaged: its bytes are not those of its SHA-256. Nothing was imported.`;
	await layDown(id, parsed.value);
	return wordsOf(await remote.importVersions({ id }));
}

async function layDown(
	id: ProfileId,
	versions: readonly WithBody[],
): Promise<void> {
	const tray = await openIncoming(id);
	try {
		for (const one of versions) await tray.put(one);
	} catch (error) {
		await tray.clear();
		throw error;
	} finally {
		tray.close();
	}
}

export function wordsOf({ added, known, left }: Imported): string {
	const parts = [
		added === 1 ? "Imported 1 version." : `Imported ${added} versions.`,
		known > 0 ? `${known} ${known === 1 ? "was" : "were"} there already.` : "",
		left > 0 ? `For ${left} the history has no room.` : "",
	];
	return parts.filter((part) => part !== "").join(" ");
}

async function sha256(bytes: Uint8Array): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
	return toHex(new Uint8Array(digest));
}
