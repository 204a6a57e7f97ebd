import type { CompareInput } from "../diff/messages.ts";

export interface TimelineRequest {
	readonly id: number;
	readonly input: CompareInput;
	/** JSONPath in the version on show. Given with the first request, whose document it is resolved in. */
	readonly jsonPath?: string;
}

export interface TimelineResponse {
	readonly id: number;
	/** Truncated source; absent where the key is missing. */
	readonly value?: string;
	/** Why the document cannot be read by key. */
	readonly error?: string;
}
