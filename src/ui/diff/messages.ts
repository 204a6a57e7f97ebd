import type { ChangedValue } from "../../document/diff/json/changed-values.ts";
import type { DifferenceCounts } from "../../document/diff/json/describe-changes.ts";
import type { ExtendedDocument } from "../../document/formats/presentation.ts";

/** One version as it was received. */
export interface CompareInput {
	readonly body: Uint8Array;
	readonly contentType: string;
	/** A YAML or Ion body as extended JSON, which other workers convert within a deadline. */
	readonly extended?: ExtendedDocument | undefined;
}

export type CopyFormat = "patch" | "json-patch" | "sentences";

export type CompareRequest =
	| {
			readonly type: "compare";
			readonly original: CompareInput;
			readonly modified: CompareInput;
			/** A `documents` request follows; the values are compared then. */
			readonly awaitsDocuments: boolean;
			/** Whether to compare the texts too, formatted where possible. */
			readonly formatted: boolean;
	  }
	| {
			/** The YAML and Ion bodies as extended JSON; absent for a JSON body. */
			readonly type: "documents";
			readonly original: ExtendedDocument | undefined;
			readonly modified: ExtendedDocument | undefined;
	  }
	| {
			readonly type: "copy";
			readonly format: CopyFormat;
			/** The file that a patch is for. */
			readonly fileName: string;
	  }
	| {
			readonly type: "summarize";
			readonly id: number;
			/** Whether to say what a tree shows of the changes, too. */
			readonly withMarks: boolean;
			readonly original: CompareInput;
			readonly modified: CompareInput;
	  };

export interface TextResponse {
	readonly type: "text";
	readonly originalText: string;
	readonly modifiedText: string;
	readonly originalStarts: Int32Array;
	readonly modifiedStarts: Int32Array;
	/** Four numbers for each change: original start and end, modified start and end. */
	readonly changes: Int32Array;
	readonly formatted: boolean;
	/** Sentences about changes that the lines do not show. */
	readonly notes: readonly string[];
	/** What changed although no line did; empty when lines changed. */
	readonly unchanged: string;
}

/** A changed value, as a row of a comparison shows it. */
export interface ChangeItem extends ChangedValue {
	/** More of the values, where they are truncated. */
	readonly longBefore?: string | undefined;
	readonly longAfter?: string | undefined;
	/** The line of the value, counted from 0: in the modified version, or in the original one for a removed value. */
	readonly line: number;
}

export interface StructureResponse {
	readonly type: "structure";
	/** Why the values were not compared. */
	readonly error?: string;
	/** The documents were converted from YAML or Ion, so lines of items are not lines of the text. */
	readonly converted: boolean;
	/** `2 changed, 1 added`, or that only formatting changed. */
	readonly summary: string;
	/** Sentences about changes that the values do not show. */
	readonly notes?: readonly string[];
	readonly counts: DifferenceCounts;
	/** Some differences are reported for a whole container. */
	readonly coarse: boolean;
	/** Why the changes cannot be copied as JSON Patch. */
	readonly jsonPatchError?: string;
}

/** Items are sent in batches, so that none keeps the page busy for long. */
export interface ItemsResponse {
	readonly type: "items";
	readonly items: readonly ChangeItem[];
}

export interface CopyTextResponse {
	readonly type: "copy";
	readonly format: CopyFormat;
	readonly text: string;
}

export interface SummaryResponse {
	readonly type: "summary";
	readonly id: number;
	readonly summary: ChangeSummary;
}

export interface ChangeSummary {
	/** `2 changed, 1 added`, `lines: 3 added`, `formatting only`, `byte order mark only`. */
	readonly text: string;
	/** How many values or lines changed; 0 when only formatting did. */
	readonly size: number;
	/** What `size` counts. */
	readonly unit: "key" | "line";
	/** The first of the changed values, or of the groups of changed lines, in document order; at most `MAX_SUMMARY_ITEMS`. */
	readonly items: readonly ChangedValue[];
	/** How many there are in all. */
	readonly total: number;
	/** Nodes of the modified tree that were added, changed or moved; empty when there is no tree. */
	readonly nodes: Int32Array;
	/** Present if requested, and if there are trees. */
	readonly marks?: ChangeMarks;
}

/** The changes between two versions, by the nodes of the modified tree. */
export interface ChangeMarks {
	readonly changed: readonly ChangedNode[];
	readonly removed: readonly RemovedNode[];
	/** How many changes are left out, because there are more than `MAX_MARKS`. */
	readonly omitted: number;
}

export interface ChangedNode {
	readonly node: number;
	readonly kind: "added" | "changed";
	/** Absent for an added value, and where the value is the same in another place. */
	readonly was?: string;
}

export interface RemovedNode {
	/** The container that it was in. */
	readonly parent: number;
	/** As it stood in the source; of an array, the position. */
	readonly key: string;
	readonly was: string;
}

/** So many rows can be marked in one document. */
export const MAX_MARKS = 2_000;

/** More are counted, but not described. */
export const MAX_SUMMARY_ITEMS = 4;

export type CompareResponse =
	| TextResponse
	| StructureResponse
	| ItemsResponse
	| CopyTextResponse
	| SummaryResponse;
