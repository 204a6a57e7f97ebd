// What is to be said about a text's encoding, as a hook: its beginning at once, the rest in slices behind the paint.
import { useEffect, useMemo, useState } from "preact/hooks";
import type { DocumentKind } from "../../document/formats/kind.ts";
import { checkEncoding } from "./check-encoding.ts";
import { headOf } from "./content-preview.ts";
import { runInSlices } from "./cooperative-work.ts";
import type { Decoded } from "./encoding.ts";

export function useEncodingNote(body: Uint8Array, kind: DocumentKind): string {
	const { decoded: head, isWhole } = useMemo(() => headOf(body), [body]);
	const [broken, setBroken] = useState<Uint8Array>();
	const isText = kind !== "binary";
	useEffect(() => {
		if (!isText || head.isInvalid || isWhole) return;
		const check = checkEncoding(body, head.encoding);
		return runInSlices(check.work, () => {
			if (check.isInvalid()) setBroken(body);
		});
	}, [body, head, isText]);
	if (!isText) return "";
	return encodingNote(head, head.isInvalid || broken === body);
}

function encodingNote(head: Decoded, isInvalid: boolean): string {
	const name = head.encoding.toUpperCase();
	const mark = head.hasMark ? ", with a byte order mark" : "";
	if (isInvalid)
		return `Some bytes are not ${name}: \ufffd stands in their place. Copying the whole configuration keeps them.`;
	return head.encoding === "utf-8" && !head.hasMark
		? ""
		: `Encoded as ${name}${mark}.`;
}
