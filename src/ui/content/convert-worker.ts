// What the workers that read YAML and Ion have in common: text in, extended JSON or a complaint out.
import type { ExtendedDocument } from "../../document/formats/presentation.ts";

export interface ConvertRequest {
	readonly text: string;
	/** Also what the tree does not show: a comparison needs it. */
	readonly withPresentation: boolean;
}

/** With its presentation if that was asked for. */
export type Converted =
	| (Pick<ExtendedDocument, "json"> & Partial<ExtendedDocument>)
	| { readonly trouble: string };

export interface Format {
	readonly toJson: (text: string) => string;
	readonly read: (text: string) => ExtendedDocument;
}

export function serve(format: Format): void {
	self.onmessage = ({ data }: MessageEvent<ConvertRequest>) => {
		self.postMessage(answer(format, data));
	};
}

function answer(
	{ toJson, read }: Format,
	{ text, withPresentation }: ConvertRequest,
): Converted {
	try {
		return withPresentation ? read(text) : { json: toJson(text) };
	} catch (error) {
		// Whatever the library throws at a document is about the document.
		return { trouble: error instanceof Error ? error.message : String(error) };
	}
}
