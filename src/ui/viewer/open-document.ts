// What a configuration is, by its content type and by its bytes; and what to say when the two disagree.
import { type DocumentKind, kindOfContentType } from "../../document/kind.ts";
import { isBinaryIon, kindOfText, looksBinary } from "../../document/sniff.ts";
import { decode } from "./decode.ts";

export interface Opened {
	readonly kind: DocumentKind;
	/** What the user should know about it. */
	readonly note: string | undefined;
}

/** Bytes that are looked at. */
const HEAD = 4096;

export function openDocument(body: Uint8Array, contentType: string): Opened {
	const declared = kindOfContentType(contentType);
	if (isBinaryIon(body))
		return {
			kind: "binary",
			note: "Binary Amazon Ion. Its bytes are shown; text Ion would be shown as text.",
		};
	const { text, encoding, hasMark } = decode(body, HEAD);
	const isBinary = encoding === "utf-8" && !hasMark && looksBinary(body);
	const kind = isBinary ? "binary" : (declared ?? kindOfText(text) ?? "text");
	return {
		kind,
		note: isBinary && declared ? disagreement(contentType) : undefined,
	};
}

function disagreement(contentType: string): string {
	return `The content type is ${contentType}, but the bytes are no text.`;
}
