import type { ExtendedDocument } from "../../document/formats/presentation.ts";
import type { Content } from "../content/content.ts";
import {
	convertContent,
	convertText,
	isConvertible,
} from "../content/conversion.ts";
import { registerWorker } from "../content/create-worker.ts";
import compareUrl from "./compare-worker.ts?worker&url";
import { decodeLosslessly } from "./parse-input.ts";

export const createCompareWorker = registerWorker(compareUrl);

/** The conversion of both versions to extended JSON, so that YAML and Ion too are compared value by value. */
export interface InputConversion {
	/** Absent for a JSON body. Rejects with a sentence for the user when a body cannot be converted. */
	readonly documents: Promise<
		readonly [ExtendedDocument | undefined, ExtendedDocument | undefined]
	>;
	cancel(): void;
}

/** `undefined` when nothing is to be converted: both are JSON, or one is not a document. */
export function convertInputs(
	original: Content,
	modified: Content,
): InputConversion | undefined {
	const both = [original, modified];
	const isJson = ({ kind }: Content) =>
		kind === "json" || kind === "json-lines";
	if (both.every(isJson)) return undefined;
	if (!both.every((content) => isJson(content) || isConvertible(content)))
		return undefined;
	const cancels: (() => void)[] = [];
	const convert = async (content: Content) => {
		if (!isConvertible(content)) return undefined;
		// Two invalid texts that differ must not be converted to the same document.
		if (content.decode().isInvalid) {
			const { text } = decodeLosslessly(content);
			const { result, cancel } = convertText(content.kind, text);
			cancels.push(cancel);
			return result;
		}
		const { result, cancel } = convertContent(content);
		cancels.push(cancel);
		return (await result).document;
	};
	return {
		documents: Promise.all([convert(original), convert(modified)]),
		cancel: () => {
			for (const cancel of cancels) cancel();
		},
	};
}
