// The two copies of the vault, as they lie in the browser's storage: either is enough, and what cannot be read is left alone.
import type { ConnectionId } from "../../core/connection/connection.ts";
import type { Area } from "../vault.ts";
import { parseSealed, type Sealed } from "./sealed.ts";

export const VAULT = "vault";
/** Which connections it has something of: no secret, and needed while it is locked. */
export const IDS = "vault-ids";

export interface Copies {
	/** Without repeats, the later one first. */
	readonly copies: readonly Sealed[];
	/** There is something, made by a newer version or damaged beyond reading: it must not be overwritten. */
	readonly isUnreadable: boolean;
	readonly ids: ReadonlySet<ConnectionId>;
}

export async function readCopies(...areas: readonly Area[]): Promise<Copies> {
	const found = await Promise.all(areas.map((area) => area.get([VAULT, IDS])));
	const stored = found.flatMap((items) => items[VAULT] ?? []);
	const read = stored.flatMap((value) => parseSealed(value) ?? []);
	const isUnreadable =
		stored.some(isNewer) || (stored.length > 0 && read.length === 0);
	const texts = new Set<string>();
	const copies = read
		.filter((copy) => texts.size < texts.add(JSON.stringify(copy)).size)
		.sort((a, b) => b.header.sequence - a.header.sequence);
	const ids = found.map((items) => items[IDS]).find(Array.isArray) ?? [];
	return {
		copies: isUnreadable ? [] : copies,
		isUnreadable,
		ids: new Set(ids),
	};
}

function isNewer(value: unknown): boolean {
	const { header } = value as { header?: { version?: unknown } };
	return Number(header?.version) > 1;
}
