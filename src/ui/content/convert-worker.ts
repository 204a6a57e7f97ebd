import type { ExtendedDocument } from "../../document/formats/presentation.ts";

/** What a conversion worker answers to a text. */
export type ConvertReply = ExtendedDocument | { readonly error: string };

/** Answers every text with its document. Called in a worker, which may be terminated at any moment. */
export function serveConversions(
	read: (text: string) => ExtendedDocument,
): void {
	self.onmessage = ({ data }: MessageEvent<string>) => {
		self.postMessage(convert(read, data));
	};
}

function convert(
	read: (text: string) => ExtendedDocument,
	text: string,
): ConvertReply {
	try {
		return read(text);
	} catch (error) {
		// Errors of the format's library are about the document.
		return { error: error instanceof Error ? error.message : String(error) };
	}
}
