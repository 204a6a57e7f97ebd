import type { ProfileId } from "../../core/profile/profile.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import {
	createBodyReader,
	listVersionRows,
} from "../../storage/body-reader.ts";
import { openImportStaging } from "../../storage/import-staging.ts";
import { sha256 } from "../../storage/sha256.ts";
import { describeImport } from "../../ui/history/import-history.ts";

/** Moves the versions of a history without a profile to a saved profile, and deletes the rest of it. Resolves with a sentence. */
export async function moveHistory(
	remote: Pick<Remote, "importVersions" | "deleteOrphan">,
	from: ProfileId,
	to: ProfileId,
): Promise<string> {
	const reader = createBodyReader();
	const tray = await openImportStaging(to);
	let lost = 0;
	try {
		for (const [number, version] of await listVersionRows(from)) {
			// One without its bytes has nothing that could be moved.
			const body = await reader.readBody(from, number).catch(() => undefined);
			if (body && (await isOf(version, body)))
				await tray.put({ version, body });
			else lost += 1;
		}
	} catch (error) {
		await tray.clear();
		throw error;
	} finally {
		tray.close();
	}
	const imported = await remote.importVersions({ id: to });
	// What the history of the profile has no room for stays where it is.
	if (imported.skipped === 0) await remote.deleteOrphan({ id: from });
	const left = lost > 0 ? ` ${lost} had no readable bytes.` : "";
	return describeImport(imported) + left;
}

async function isOf(version: unknown, body: Uint8Array): Promise<boolean> {
	const { hash } = (version ?? {}) as { readonly hash?: unknown };
	return hash === (await sha256(body));
}
