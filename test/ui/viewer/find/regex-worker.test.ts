// The worker finds nodes of the tree on show, however the document is written.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { valueSource } from "../../../../src/document/json/children.ts";
import {
	type Dialect,
	parseTree,
} from "../../../../src/document/json/json-parser.ts";
import { parseQuery } from "../../../../src/document/search/query.ts";
import type {
	RegexReply,
	RegexRequest,
} from "../../../../src/ui/viewer/find/regex-worker.ts";

const replies: RegexReply[] = [];
const scope: {
	onmessage?: (event: { readonly data: RegexRequest }) => void;
	readonly postMessage: (reply: RegexReply) => void;
} = { postMessage: (reply) => replies.push(reply) };

beforeAll(async () => {
	vi.stubGlobal("self", scope);
	await import("../../../../src/ui/viewer/find/regex-worker.ts");
});
afterAll(() => vi.unstubAllGlobals());

/** The values that are found. */
function search(text: string, dialect: Dialect, typed: string) {
	const query = parseQuery(typed, { matchCase: true, regex: true });
	if (!query) throw new Error("nothing to look for");
	scope.onmessage?.({ data: { text, query, dialect } });
	const reply = replies.pop();
	if (!reply || "error" in reply) throw new Error("no answer");
	const tree = parseTree(text, undefined, dialect);
	return Array.from(reply.nodes, (node) => valueSource(tree, node));
}

test("in JSON Lines it looks at every line", () => {
	const lines = '{"id":1}\n{"id":2}\n{"id":3}\n';
	expect(search(lines, "lines", "^[23]$")).toEqual(["2", "3"]);
});

test("in YAML and Ion it looks behind tags and what JSON has no token for", () => {
	const yaml = '{"a":!Ref "x","b":0x1F,"c":"x1"}';
	expect(search(yaml, "extended", "x1$")).toEqual(['"x1"']);
	expect(search(yaml, "extended", "^0x")).toEqual(["0x1F"]);
	const ion = '{"a":flag::(eq,\'b c\',2026-11-30T),"d":"last"}';
	expect(search(ion, "extended", "^last$|^2026")).toEqual([
		"2026-11-30T",
		'"last"',
	]);
});

test("the same text is read anew where it is another kind of document", () => {
	const text = '{"a":1}\n{"a":2}';
	expect(search(text, "json", "^[12]$")).toEqual(["1"]);
	expect(search(text, "lines", "^[12]$")).toEqual(["1", "2"]);
});
