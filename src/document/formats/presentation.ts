// "Presentation" is the term of the YAML specification for what its data model leaves out. A comparison that finds no changed
// value looks at it before it reports that only formatting changed.

export interface Presentation {
	/** How the text is divided into documents, or top-level values. */
	readonly documents: string;
	/** Where keys are something else than strings. */
	readonly keyTypes: string;
	/** Where words stand without quotes that YAML 1.1 reads as another type: `yes`, `1:30`, `2026-11-30`. */
	readonly words: string;
	/** Where mappings take keys from others by `<<`, which YAML 1.2 no longer knows. */
	readonly merges: string;
	readonly anchors: string;
	readonly comments: string;
	readonly directives: string;
}

/** YAML or Ion as extended JSON (extended-json.ts), and what that leaves out. */
export interface ExtendedDocument {
	readonly json: string;
	readonly presentation: Presentation;
}

export const NO_PRESENTATION: Presentation = {
	documents: "1",
	keyTypes: "",
	words: "",
	merges: "",
	anchors: "",
	comments: "",
	directives: "",
};
