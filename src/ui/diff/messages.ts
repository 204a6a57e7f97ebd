// What a view and the worker that compares for it say to each other.
import type { DifferenceCounts } from "../../document/diff/json/describe-changes.ts";
import type { ExtendedDocument } from "../../document/formats/presentation.ts";

/** One version as it was received. */
export interface CompareInput {
	readonly body: Uint8Array;
	readonly contentType: string;
	/** What YAML or Ion says: they are read elsewhere, by workers with a deadline. */
	readonly extended?: ExtendedDocument | undefined;
}

export type CopyFormat = "patch" | "json-patch" | "sentences";

export type CompareRequest =
	| {
			readonly type: "compare";
			readonly original: CompareInput;
			readonly modified: CompareInput;
			/** What YAML or Ion says will follow: the structure is not to be told yet. */
			readonly awaitsDocuments: boolean;
			/** Whether to compare them as text too, written out line by line where they can be. */
			readonly formatted: boolean;
	  }
	| {
			/** What YAML or Ion says; absent for the one that is JSON. */
			readonly type: "documents";
			readonly original: ExtendedDocument | undefined;
			readonly modified: ExtendedDocument | undefined;
	  }
	| {
			readonly type: "write";
			readonly form: CopyFormat;
			/** The file that a patch is for. */
			readonly name: string;
	  }
	| {
			readonly type: "summarize";
			readonly id: number;
			readonly original: CompareInput;
			readonly modified: CompareInput;
	  };

export interface TextResponse {
	readonly type: "text";
	readonly originalText: string;
	readonly modifiedText: string;
	readonly originalStarts: Int32Array;
	readonly modifiedStarts: Int32Array;
	/** Four numbers a change: old start, old end, new start, new end. */
	readonly changes: Int32Array;
	readonly formatted: boolean;
	/** Sentences about what lines do not show. */
	readonly notes: readonly string[];
	/** Of two without a changed line: what changed all the same. */
	readonly unchanged: string;
}

export interface ChangeItem {
	readonly kind: "added" | "removed" | "changed" | "moved";
	readonly path: string;
	/** Absent for what was added, and for what was removed. */
	readonly before?: string;
	readonly after?: string;
	/** More of them, where they are cut. */
	readonly longBefore?: string | undefined;
	readonly longAfter?: string | undefined;
	readonly note?: string;
	/** Where the value begins, in the version that has it, the new one if both have: counted from 0. */
	readonly line: number;
}

export interface StructureResponse {
	readonly type: "structure";
	/** Why there is none. */
	readonly error?: string;
	/** The documents were read from YAML or Ion: lines of items are not lines of the text. */
	readonly converted: boolean;
	/** `2 changed, 1 added`, or that nothing but formatting changed. */
	readonly summary: string;
	/** Sentences about what values do not show. */
	readonly notes?: readonly string[];
	readonly counts: DifferenceCounts;
	readonly coarse: boolean;
	/** Why it cannot be copied as JSON Patch. */
	readonly jsonPatchError?: string;
}

/** Items come in parts, so that none takes the page long. */
export interface ItemsResponse {
	readonly type: "items";
	readonly items: readonly ChangeItem[];
}

export interface CopyTextResponse {
	readonly type: "written";
	readonly form: CopyFormat;
	readonly text: string;
}

export interface SummaryResponse {
	readonly type: "summary";
	readonly id: number;
	readonly summary: ChangeSummary;
}

export interface ChangeSummary {
	/** For a row of the history: `2 changed, 1 added`, `3 lines added`, `formatting only`, `byte order mark only`. */
	readonly text: string;
	/** How many values, or lines, changed; 0 when nothing but formatting did. */
	readonly size: number;
	/** Nodes of the new version's tree that were added, changed or moved; empty where there is no tree. */
	readonly nodes: Int32Array;
}

export type CompareResponse =
	| TextResponse
	| StructureResponse
	| ItemsResponse
	| CopyTextResponse
	| SummaryResponse;
