// What arrives from the background, checked before it is believed: messages on the port, and the snapshot it left in storage.
import type { BackgroundMessage } from "../../core/protocol/messages.ts";
import type {
	SNAPSHOT_SCHEMA,
	Snapshot,
} from "../../core/protocol/snapshot.ts";
import type {
	StoredHead,
	StoredProfile,
} from "../../core/protocol/stored-snapshot.ts";

/** The value is the compiler's to check: importing it would load the session engine with it. */
export const SCHEMA: typeof SNAPSHOT_SCHEMA = 5;

/** The background is of another version of the extension, and speaks another schema. */
export interface OtherVersion {
	readonly type: "other-version";
	readonly schema: number;
}

/** `undefined` for what a background of this version would not send. */
export function parseMessage(
	raw: unknown,
): BackgroundMessage | OtherVersion | undefined {
	if (!isRecord(raw)) return undefined;
	const { type, call, value, reason, sequence, snapshot, change } = raw;
	if (type === "snapshot") {
		if (!isRecord(snapshot)) return undefined;
		const { schema } = snapshot;
		if (typeof schema === "number" && schema !== SCHEMA)
			return { type: "other-version", schema };
		return isSnapshot(snapshot) && typeof sequence === "number"
			? { type, sequence, snapshot }
			: undefined;
	}
	if (type === "change")
		return typeof sequence === "number" && isRecord(change)
			? ({ type, sequence, change } as unknown as BackgroundMessage)
			: undefined;
	if (type === "pong" && typeof sequence === "number")
		return { type, sequence };
	if (typeof call !== "number") return undefined;
	if (type === "reply") return { type, call, value };
	if (type === "refusal" && typeof reason === "string")
		return { type, call, reason };
	return undefined;
}

/** `undefined` when nothing was stored, or by another version of the extension, or when it was cut off by a full disk. */
export function parseStoredHead(text: unknown): StoredHead | undefined {
	const head = parseJson(text);
	return isRecord(head) &&
		head.schema === SCHEMA &&
		Array.isArray(head.order) &&
		Array.isArray(head.connections) &&
		Array.isArray(head.problems)
		? (head as unknown as StoredHead)
		: undefined;
}

/** Stored beside a head of the right schema, which vouches for the rest. */
export function parseStoredProfile(text: unknown): StoredProfile | undefined {
	const part = parseJson(text);
	return isRecord(part) &&
		typeof part.takenAt === "number" &&
		isProfile(part.profile)
		? (part as unknown as StoredProfile)
		: undefined;
}

/** What a view would fail on: a damaged part is not shown, and a whole one comes in a moment. */
function isProfile(value: unknown): boolean {
	return (
		isRecord(value) &&
		isRecord(value.profile) &&
		["id", "name", "application", "environment", "configurationProfile"].every(
			isTextIn(value.profile),
		) &&
		isRecord(value.usage) &&
		typeof value.intervalSeconds === "number" &&
		(value.fault === undefined || isRecord(value.fault)) &&
		Array.isArray(value.versions) &&
		value.versions.every(isVersion)
	);
}

function isVersion(value: unknown): boolean {
	return (
		isRecord(value) &&
		["number", "size", "receivedAt", "confirmedAt"].every(
			(key) => typeof value[key] === "number",
		) &&
		["hash", "contentType"].every(isTextIn(value))
	);
}

function isTextIn(record: Record<string, unknown>): (key: string) => boolean {
	return (key) => typeof record[key] === "string";
}

function parseJson(text: unknown): unknown {
	if (typeof text !== "string") return undefined;
	try {
		return JSON.parse(text);
	} catch {
		// The background sends a whole one in a moment.
		return undefined;
	}
}

// Of our own background: the schema vouches for the rest.
function isSnapshot(
	value: Record<string, unknown>,
): value is Record<string, unknown> & Snapshot {
	return Array.isArray(value.profiles) && Array.isArray(value.problems);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}
