import type { CompareInput } from "../diff/messages.ts";

/** Versions come one by one, the newest first. Absent input: the version is the same document as the one before. */
export interface BlameRequest {
	readonly input?: CompareInput;
	/** No older version follows. */
	readonly isOldest: boolean;
}

export interface BlameResponse {
	/** By node: the position of the version that changed it last; -1 while unknown. */
	readonly changedIn?: Int32Array;
	/** Values whose last change is not known yet. */
	readonly unknown: number;
	/** Why the document cannot be read by key. */
	readonly error?: string;
}
