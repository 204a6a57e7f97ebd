// What arrives from the background, checked before it is believed: messages on the port, and the snapshot it left in storage.
import type { Message } from "../../core/contract.ts";
import type { SNAPSHOT_SCHEMA, Snapshot } from "../../core/snapshot.ts";
import { toStoredSnapshot } from "../../core/stored-snapshot.ts";

/** The value is the compiler's to check: importing it would load the session engine with it. */
const SCHEMA: typeof SNAPSHOT_SCHEMA = 3;

/** `undefined` for what a background of this version would not send. */
export function parseMessage(raw: unknown): Message | undefined {
	if (!isRecord(raw)) return undefined;
	if (raw.type === "snapshot") {
		const { snapshot } = raw;
		return isSnapshot(snapshot) ? { type: "snapshot", snapshot } : undefined;
	}
	const { type, call, value, reason } = raw;
	if (typeof call !== "number") return undefined;
	if (type === "reply") return { type, call, value };
	if (type === "refusal" && typeof reason === "string")
		return { type, call, reason };
	return undefined;
}

/** `undefined` when nothing was stored, or by another version of the extension. */
export function parseStoredSnapshot(text: unknown): Snapshot | undefined {
	if (typeof text !== "string") return undefined;
	try {
		const snapshot: unknown = JSON.parse(text);
		// Older versions stored what servers had said.
		return isSnapshot(snapshot) ? toStoredSnapshot(snapshot) : undefined;
	} catch {
		// Cut off by a full disk: the background sends a whole one in a moment.
		return undefined;
	}
}

// Written by our own background of the same version: the schema number vouches for the rest.
function isSnapshot(value: unknown): value is Snapshot {
	return (
		isRecord(value) &&
		value.schema === SCHEMA &&
		Array.isArray(value.profiles) &&
		Array.isArray(value.connections) &&
		Array.isArray(value.problems)
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}
