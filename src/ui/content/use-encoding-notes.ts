import { useEffect, useMemo, useState } from "preact/hooks";
import type { Content } from "./content.ts";
import { runInSlices } from "./cooperative-work.ts";
import { checkEncoding, describeEncoding } from "./encoding.ts";

/** Sentences about the encoding of a text. The preview is judged at once, the rest in slices after the first paint. */
export function useEncodingNotes(content: Content): readonly string[] {
	const { bytes, kind, encoding, preview } = content;
	const [invalid, setInvalid] = useState<Content>();
	const isText = kind !== "binary";
	useEffect(() => {
		if (!isText || preview.isInvalid || preview.isWhole) return;
		const check = checkEncoding(bytes, encoding.encoding);
		return runInSlices(check.work, () => {
			if (check.isInvalid()) setInvalid(content);
		});
	}, [content]);
	const isInvalid = preview.isInvalid || invalid === content;
	return useMemo(
		() => (isText ? describeEncoding(bytes, encoding, isInvalid) : []),
		[content, isInvalid],
	);
}
