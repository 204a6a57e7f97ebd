import { useMemo } from "preact/hooks";
import type { Content } from "../content/content.ts";
import type { RemovedNode } from "../diff/messages.ts";
import type { VersionMarks } from "../since/Since.tsx";
import type { TreeAnnotations } from "../viewer/tree/annotations.tsx";
import type { SelectedVersion } from "./use-selected-version.ts";

/** The changes since the user last looked, on the tree of the newest version. */
export function useChangeAnnotations(
	marks: VersionMarks | undefined,
	{ body, isLive }: SelectedVersion,
): TreeAnnotations | undefined {
	const isMarked =
		isLive && body.state === "ready" && body.number === marks?.number;
	const content = isMarked ? body.content : undefined;
	return useMemo(
		() => content && marks && toAnnotations(content, marks),
		[content, marks],
	);
}

function toAnnotations(
	content: Content,
	{ changed, removed }: VersionMarks,
): TreeAnnotations {
	const removedFrom = new Map<number, RemovedNode[]>();
	for (const one of removed) {
		const others = removedFrom.get(one.parent);
		if (others) others.push(one);
		else removedFrom.set(one.parent, [one]);
	}
	return {
		content,
		changed: new Map(changed.map((one) => [one.node, one])),
		removed: removedFrom,
	};
}
