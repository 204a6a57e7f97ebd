// The two copies of the vault, as they lie in the browser's storage: either is enough, and what cannot be read is left alone.
import * as v from "valibot";
import type { ConnectionId } from "../../core/connection/connection.ts";
import type { StorageArea } from "../adapters/storage-adapter.ts";
import { parseSealed, type SealedVault } from "./vault-crypto.ts";

export const VAULT_KEY = "vault";
/** Which connections a vault of an older version has something of: shown while it is locked, never a reason to drop a secret. */
export const LEGACY_IDS_KEY = "vault-ids";
/** What was forgotten while it was locked. */
export const DELETED_KEY = "vault-forgotten";

/** Good for the copies of this vault up to this sequence: later ones have been written without it. */
const forgottenSchema = v.object({
	vaultId: v.string(),
	sequence: v.number(),
	ids: v.array(v.string()),
});
export type DeletedWhileLocked = v.InferOutput<typeof forgottenSchema>;

export interface VaultCopies {
	/** Without repeats, the later one first. */
	readonly copies: readonly SealedVault[];
	/** There is something, made by a newer version or damaged beyond reading: it must not be overwritten. */
	readonly isUnreadable: boolean;
	readonly oldIds: ReadonlySet<ConnectionId>;
	readonly forgotten: readonly DeletedWhileLocked[];
	/** There is something beside the copies that a write makes void. */
	readonly hasLeftovers: boolean;
}

export async function readVaultCopies(
	...areas: readonly StorageArea[]
): Promise<VaultCopies> {
	const read = await Promise.allSettled(
		areas.map((area) => area.get([VAULT_KEY, LEGACY_IDS_KEY, DELETED_KEY])),
	);
	const found = read.flatMap((each) =>
		each.status === "fulfilled" ? [each.value] : [],
	);
	const stored = found.flatMap((items) => items[VAULT_KEY] ?? []);
	const parsed = stored.flatMap((value) => parseSealed(value) ?? []);
	// A place that does not answer may hold the only copy.
	const isPartial = found.length < areas.length;
	const isUnreadable =
		stored.some(isNewer) ||
		(parsed.length === 0 && (stored.length > 0 || isPartial));
	const texts = new Set<string>();
	const copies = parsed
		.filter((copy) => texts.size < texts.add(JSON.stringify(copy)).size)
		.sort((a, b) => b.header.sequence - a.header.sequence);
	return {
		copies: isUnreadable ? [] : copies,
		isUnreadable,
		hasLeftovers: found.some(
			(items) =>
				items[LEGACY_IDS_KEY] !== undefined || items[DELETED_KEY] !== undefined,
		),
		oldIds: new Set(found.flatMap((items) => toTexts(items[LEGACY_IDS_KEY]))),
		forgotten: found.flatMap((items) => {
			const result = v.safeParse(forgottenSchema, items[DELETED_KEY]);
			return result.success ? [result.output] : [];
		}),
	};
}

function toTexts(value: unknown): readonly ConnectionId[] {
	return Array.isArray(value)
		? value.filter((id): id is ConnectionId => typeof id === "string")
		: [];
}

/** Done in each, also when another fails; rejects when `needed` of them have not done it. */
export async function inEachArea(
	areas: readonly StorageArea[],
	needed: number,
	work: (area: StorageArea) => Promise<void>,
): Promise<void> {
	const done = await Promise.allSettled(areas.map(work));
	const failed = done.filter((each) => each.status === "rejected");
	if (done.length - failed.length < needed) throw failed[0]?.reason;
}

function isNewer(value: unknown): boolean {
	const { header } = value as { header?: { version?: unknown } };
	return Number(header?.version) > 2;
}
