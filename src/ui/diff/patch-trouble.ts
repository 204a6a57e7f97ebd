// Whether a unified patch can be told: apart from what writes it, which only the worker loads.

import type { Content } from "../content/content.ts";
import { toClipboardText } from "../copy/clipboard.ts";

/** Why a unified patch cannot be copied: it is text, and is to apply to the bytes. */
export function unifiedPatchError(
	original: Pick<Content, "bytes">,
	modified: Pick<Content, "bytes">,
): string | undefined {
	const isOld = toClipboardText(original.bytes) === undefined;
	if (!isOld && toClipboardText(modified.bytes) !== undefined) return undefined;
	return `A patch is text in UTF-8, and the ${isOld ? "old" : "new"} version is not.`;
}
