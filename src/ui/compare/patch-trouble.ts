// Whether a unified patch can be told: apart from what writes it, which only the worker loads.
import { toClipboardText } from "../copy/clipboard.ts";
import type { CompareInput } from "./messages.ts";

/** Why a unified patch cannot be copied: it is text, and is to apply to the bytes. */
export function unifiedPatchError(
	original: Pick<CompareInput, "body">,
	modified: Pick<CompareInput, "body">,
): string | undefined {
	const isOld = toClipboardText(original.body) === undefined;
	if (!isOld && toClipboardText(modified.body) !== undefined) return undefined;
	return `A patch is text in UTF-8, and the ${isOld ? "old" : "new"} version is not.`;
}
