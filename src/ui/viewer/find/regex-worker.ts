// Runs regular expressions of the user, which may not end: regex-search.ts terminates the worker after a deadline.
import { type Dialect, parseTree } from "../../../document/json/json-parser.ts";
import type { Tree } from "../../../document/json/tree.ts";
import { searchNodes } from "../../../document/search/find.ts";
import { matchPattern } from "../../../document/search/find-in-text.ts";
import type { Query } from "../../../document/search/query.ts";
import { compileUserPattern } from "../../../document/search/user-pattern.ts";

export interface RegexRequest {
	readonly text: string;
	readonly query: Query;
	/** Of a document: nodes of its tree are found. Without it, places in the text. */
	readonly dialect?: Dialect | undefined;
}

export type RegexReply =
	| { readonly nodes: Int32Array; readonly marks: Int32Array }
	| { readonly error: string };

let last: { readonly dialect: Dialect; readonly tree: Tree } | undefined;

self.onmessage = ({ data }: MessageEvent<RegexRequest>) => {
	self.postMessage(answer(data));
};

function answer(request: RegexRequest): RegexReply {
	try {
		const { dialect } = request;
		return dialect ? searchTree(request, dialect) : searchText(request);
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		const reason = error.message.replace(/^Invalid regular expression: /, "");
		return { error: `Not a regular expression: ${reason}.` };
	}
}

function searchText({ text, query }: RegexRequest): RegexReply {
	return {
		nodes: new Int32Array(),
		marks: Int32Array.from(matchPattern(text, compileUserPattern(query))),
	};
}

function searchTree(
	{ text, query }: RegexRequest,
	dialect: Dialect,
): RegexReply {
	const pattern = compileUserPattern(query);
	const tree = treeOf(text, dialect);
	const finding = searchNodes(tree, query, pattern);
	while (!finding.work());
	return {
		nodes: Int32Array.from(finding.nodes),
		marks: Int32Array.from(finding.marks),
	};
}

/** With the same nodes as the tree on show: read by the same rules. */
function treeOf(text: string, dialect: Dialect): Tree {
	if (last?.dialect === dialect && last.tree.text === text) return last.tree;
	const tree = parseTree(text, undefined, dialect);
	last = { dialect, tree };
	return tree;
}
