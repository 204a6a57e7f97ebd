// Entity-based gradual deployments: an entity keeps its slot, whichever agent it asks.
import { createHash } from "node:crypto";

/** A caller without an entity is the Agent itself, which is one session; it has the first slot. */
export function toEntitySlot(entity: string | string[] | undefined): number {
	const id = Array.isArray(entity) ? entity[0] : entity;
	if (!id) return 0;
	return createHash("sha256").update(id).digest().readUInt32BE(0) % 100;
}
