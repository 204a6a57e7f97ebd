// The path of what is selected, in full, below the tree.

import { escapeInvisible } from "../../../core/shared/untrusted-text.ts";
import { formatPath, pathOf } from "../../../document/json/paths.ts";
import type { Tree } from "../../../document/json/tree.ts";
import { endOfGrapheme } from "../../../document/text/graphemes.ts";
import { escapedText } from "../../components/text-spans.tsx";

export interface PathBarProps {
	readonly tree: Tree;
	readonly node: number;
	readonly onCopy: () => void;
}

/** Characters; of a longer path the end counts. */
const LIMIT = 300;

export function PathBar({ tree, node, onCopy }: PathBarProps) {
	const path = formatPath(pathOf(tree, node), "JSONPath");
	const text =
		path.length > LIMIT
			? `…${path.slice(endOfGrapheme(path, path.length - LIMIT))}`
			: path;
	return (
		<div class="path">
			<code title={escapeInvisible(path)}>{escapedText(text)}</code>
			<button type="button" onClick={onCopy}>
				Copy path
			</button>
		</div>
	);
}
