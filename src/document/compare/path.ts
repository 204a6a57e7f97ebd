// Where a value stands in its document: as a list of keys and positions, as a JSON Pointer and as a reader would write it.
import { ARRAY, at, NONE, type Tree } from "../tree.ts";
import { keyOf } from "./tokens.ts";

export type Step = string | number;

/** From the root, whose path is empty. */
export function pathOf(tree: Tree, node: number): Step[] {
	const path: Step[] = [];
	for (
		let here = node;
		at(tree.parent, here) !== NONE;
		here = at(tree.parent, here)
	)
		path.push(stepTo(tree, here));
	return path.reverse();
}

/** From the parent to the node. */
export function stepTo(tree: Tree, node: number): Step {
	const parent = at(tree.parent, node);
	if (parent === NONE || at(tree.kind, parent) === ARRAY)
		return at(tree.index, node);
	return keyOf(tree, node) ?? "";
}

/** RFC 6901. */
export function toPointer(path: readonly Step[]): string {
	return path.map(toPointerStep).join("");
}

export function toPointerStep(step: Step): string {
	return `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** `settings.checkout.rules[2]`, and `["odd key"]` where a key is no word; the root is "the document". */
export function toReadablePath(path: readonly Step[]): string {
	if (path.length === 0) return "the document";
	let text = "";
	for (const step of path) {
		if (typeof step === "number") text += `[${step}]`;
		else if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step))
			text += `[${JSON.stringify(step)}]`;
		else text += text === "" ? step : `.${step}`;
	}
	return text;
}
