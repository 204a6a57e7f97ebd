import type { ProfileId } from "../../core/profile/profile.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import type { DamagedRecord } from "../../core/shared/storage-problems.ts";
import {
	createBodyReader,
	listVersionRows,
	readRawRecord,
} from "../../storage/body-reader.ts";
import { sha256, toBase64 } from "../../storage/byte-encoding.ts";
import { openImportStaging } from "../../storage/import-staging.ts";
import { browser } from "../../ui/background-client/browser.ts";
import { describeImport } from "../../ui/history/import-history.ts";

/** Moves the versions of a history without a profile to a saved profile, and deletes the history. Resolves with a sentence for the user. */
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
			// A version without readable bytes cannot be moved.
			const body = await reader.readBody(from, number).catch(() => undefined);
			if (body && (await hasHash(version, body)))
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
	// Versions that the profile's history has no room for stay where they are.
	if (imported.skipped === 0) await remote.deleteOrphan({ id: from });
	const left = lost > 0 ? ` ${lost} had no readable bytes.` : "";
	return describeImport(imported) + left;
}

async function hasHash(version: unknown, body: Uint8Array): Promise<boolean> {
	const { hash } = (version ?? {}) as { readonly hash?: unknown };
	return hash === (await sha256(body));
}

/** The record as JSON, with bytes as base64 under `base64`. A version includes its stored body. */
export async function exportRecord({
	area,
	key,
}: Pick<DamagedRecord, "area" | "key">): Promise<string> {
	if (area === "database")
		throw new Error("A database that cannot be opened cannot be exported.");
	const record =
		area === "local"
			? (await browser.storage.local.get(key))[key]
			: await readRawRecord(area, key);
	const body =
		area === "versions"
			? { body: await readRawRecord("bodies", key).catch(() => undefined) }
			: {};
	return JSON.stringify({ area, key, record, ...body }, writeBytes, 2);
}

function writeBytes(_key: string, value: unknown): unknown {
	if (value instanceof ArrayBuffer)
		return writeBytes("", new Uint8Array(value));
	if (!ArrayBuffer.isView(value))
		return typeof value === "bigint" ? String(value) : value;
	const bytes = new Uint8Array(
		value.buffer,
		value.byteOffset,
		value.byteLength,
	);
	return { base64: toBase64(bytes) };
}
