// The worker that runs regular expressions over a document; it may be killed at any moment.
import { findEach } from "../../document/find.ts";
import { findInText } from "../../document/find-in-text.ts";
import { parseQuery, type Query } from "../../document/query.ts";
import { read } from "../../document/reader.ts";
import type { Tree } from "../../document/tree.ts";
import type { RegexRequest } from "./regex-search.ts";

let last: Tree | undefined;

self.onmessage = ({ data }: MessageEvent<RegexRequest>) => {
	const { typed, matchCase, inTree } = data;
	const query = parseQuery(typed, { matchCase, regex: true, isPlain: !inTree });
	const found = !query || typeof query === "string" ? [] : search(data, query);
	self.postMessage(Int32Array.from(found));
};

function search(request: RegexRequest, query: Query): readonly number[] {
	if (!request.inTree) {
		const finding = findInText(request.text, query);
		while (!finding.work());
		return finding.starts;
	}
	const tree = last?.text === request.text ? last : read(request.text);
	last = tree;
	const finding = findEach(tree, query);
	while (!finding.work());
	return finding.nodes;
}
