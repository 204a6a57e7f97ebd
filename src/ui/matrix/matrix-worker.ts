import { previewValue } from "../../document/diff/json/describe-changes.ts";
import { toJsonPatch } from "../../document/diff/json/json-patch.ts";
import { diffStructure } from "../../document/diff/json/structure-diff.ts";
import { runToEnd } from "../../document/diff/text/cooperative-task.ts";
import { formatPath, pathOf } from "../../document/json/paths.ts";
import { at, NONE, TRUE, type Tree } from "../../document/json/tree.ts";
import { buildMatrix, type MatrixRow } from "../../document/matrix/matrix.ts";
import { jsonPatchError } from "../diff/copy-text.ts";
import { type ParsedInput, parseInput } from "../diff/parse-input.ts";
import {
	MAX_CELL,
	type MatrixRequest,
	type MatrixResponse,
	type MatrixRowItem,
	type SectionInputs,
} from "./messages.ts";

/** Rows in a message, so that none keeps the page busy for long. */
const ROWS_PER_RESPONSE = 500;

type ParsedSection = readonly (ParsedInput | undefined)[];

/** The documents of the last `build` request. */
let sections: readonly ParsedSection[] = [];

self.onmessage = ({ data }: MessageEvent<MatrixRequest>) => {
	if (data.type === "patch") {
		respond(toPatch(data));
		return;
	}
	sections = data.sections.map(parseSection);
	for (const [index, section] of sections.entries())
		buildSection(index, section, data.onlyDifferences);
};

function parseSection(inputs: SectionInputs): ParsedSection {
	return inputs.map((input) => input && parseInput(input));
}

function buildSection(
	section: number,
	parsed: ParsedSection,
	onlyDifferences: boolean,
): void {
	// A column whose document is none has no cells; the others are compared without it.
	const columns = parsed.flatMap((input, column) =>
		input?.tree ? [{ column, tree: input.tree }] : [],
	);
	const trees = columns.map(({ tree }) => tree);
	const matrix = runToEnd(buildMatrix(trees, { onlyDifferences }));
	const rows = matrix.rows.map((row) =>
		toItem(row, trees, (values, rest) => {
			const spread = parsed.map(() => rest);
			for (const [index, { column }] of columns.entries())
				spread[column] = values[index] ?? rest;
			return spread;
		}),
	);
	const { keyCount, differentCount, isCut } = matrix;
	respond({
		type: "section",
		section,
		keyCount,
		differentCount,
		isCut,
		errors: parsed.map((input) =>
			input && !input.tree
				? (input.error ?? `${input.format} is not compared key by key.`)
				: undefined,
		),
		rows: rows.slice(0, ROWS_PER_RESPONSE),
	});
	for (let at = ROWS_PER_RESPONSE; at < rows.length; at += ROWS_PER_RESPONSE)
		respond({
			type: "rows",
			section,
			rows: rows.slice(at, at + ROWS_PER_RESPONSE),
		});
}

/** Puts the values of columns that have a document in their places. */
type Spread = <Value>(values: readonly Value[], rest: Value) => Value[];

function toItem(
	{ path, kind, nodes, deviates, differs }: MatrixRow,
	trees: readonly Tree[],
	spread: Spread,
): MatrixRowItem {
	const column = nodes.findIndex((node) => node !== NONE);
	const tree = trees[column];
	const cells = trees.map((tree, index) =>
		cellText(tree, at(nodes, index), kind),
	);
	return {
		path,
		jsonPath: tree
			? formatPath(pathOf(tree, at(nodes, column)), "JSONPath")
			: path,
		kind,
		cells: spread<string | undefined>(cells, undefined),
		deviates: spread(
			Array.from(deviates, (one) => one === 1),
			false,
		),
		differs,
	};
}

function cellText(
	tree: Tree,
	node: number,
	kind: MatrixRow["kind"],
): string | undefined {
	if (node === NONE) return undefined;
	if (kind !== "flag") return previewValue(tree, node, MAX_CELL);
	return at(tree.kind, node) === TRUE ? "on" : "off";
}

function toPatch({
	id,
	section,
	from,
	to,
}: Extract<MatrixRequest, { type: "patch" }>): MatrixResponse {
	const [original, modified] = [
		sections[section]?.[from],
		sections[section]?.[to],
	];
	const refuse = (error: string): MatrixResponse => ({
		type: "patch",
		id,
		text: "",
		operations: 0,
		error,
	});
	if (!original?.tree || !modified?.tree)
		return refuse("One of the two has no document to compare.");
	const structure = runToEnd(diffStructure(original.tree, modified.tree));
	const error = jsonPatchError({ original, modified, structure });
	if (error) return refuse(error);
	const text = toJsonPatch(structure);
	const operations = text.split("\n").length - 3;
	return { type: "patch", id, text, operations: Math.max(0, operations) };
}

function respond(message: MatrixResponse): void {
	self.postMessage(message);
}
