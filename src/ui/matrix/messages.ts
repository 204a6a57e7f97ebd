import type { CompareInput } from "../diff/messages.ts";

/** Documents side by side: one for each column, or none where the environment has no such profile. */
export type SectionInputs = readonly (CompareInput | undefined)[];

export type MatrixRequest =
	| {
			readonly type: "build";
			readonly sections: readonly SectionInputs[];
			readonly onlyDifferences: boolean;
	  }
	| {
			/** The JSON Patch that turns the document of one column into that of another. */
			readonly type: "patch";
			readonly id: number;
			readonly section: number;
			readonly from: number;
			readonly to: number;
	  };

/** Characters of a value. Longer ones end with an ellipsis. */
export const MAX_CELL = 2_000;

export interface MatrixRowItem {
	readonly path: string;
	/** Of the value in the first column that has it: `$.checkout.enabled`. */
	readonly jsonPath: string;
	readonly kind: "value" | "flag" | "attribute";
	/** The value's source, at most `MAX_CELL` characters of it; `on` or `off` for a flag. Absent where the key is missing. */
	readonly cells: readonly (string | undefined)[];
	/** By column: the value is not that of the majority. */
	readonly deviates: readonly boolean[];
	readonly differs: boolean;
}

export interface SectionResponse {
	readonly type: "section";
	readonly section: number;
	readonly keyCount: number;
	readonly differentCount: number;
	readonly isCut: boolean;
	/** By column: why its document cannot be shown key by key. */
	readonly errors: readonly (string | undefined)[];
	/** More may follow in `rows`. */
	readonly rows: readonly MatrixRowItem[];
}

export type MatrixResponse =
	| SectionResponse
	| {
			readonly type: "rows";
			readonly section: number;
			readonly rows: readonly MatrixRowItem[];
	  }
	| {
			readonly type: "patch";
			readonly id: number;
			readonly text: string;
			readonly operations: number;
			/** Why there is no patch. */
			readonly error?: string;
	  };
