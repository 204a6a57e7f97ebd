import { decodeString, keyOf } from "../../../document/json/children.ts";
import { at, type Tree } from "../../../document/json/tree.ts";
import type { TreeAnnotations } from "../tree/annotations.tsx";

/** Changes that are named on the row of a flag; more are counted. */
const MAX_NAMED = 2;

/** What has changed in each flag, by its node: `was off`, `limit was 5`, `added`. */
export function describeFlagChanges(
	tree: Tree,
	{ changed, removed }: TreeAnnotations,
): ReadonlyMap<number, string> {
	const found = new Map<number, string[]>();
	const add = (node: number, text: string) => {
		const flag = flagOf(tree, node);
		const others = found.get(flag);
		if (others) others.push(text);
		else found.set(flag, [text]);
	};
	for (const [node, { kind, was }] of changed) {
		const isFlag = at(tree.parent, node) === 0;
		if (kind === "added")
			add(node, isFlag ? "added" : `${attributeOf(tree, node)} added`);
		else if (was !== undefined) {
			const name = attributeOf(tree, node);
			if (isFlag) add(node, "changed");
			else if (name === "enabled")
				add(node, `was ${was === "true" ? "on" : "off"}`);
			else add(node, `${name} was ${was}`);
		}
	}
	for (const [parent, values] of removed)
		if (parent !== 0)
			for (const { key } of values) add(parent, `${nameOf(key)} removed`);
	return new Map(
		Array.from(found, ([flag, texts]) => {
			const rest = texts.length - MAX_NAMED;
			const named = texts.slice(0, MAX_NAMED).join(", ");
			return [flag, rest > 0 ? `${named}, ${rest} more` : named];
		}),
	);
}

/** The names of the flags that were removed. */
export function removedFlags({ removed }: TreeAnnotations): readonly string[] {
	return (removed.get(0) ?? []).map(({ key }) => nameOf(key));
}

function nameOf(key: string): string {
	return key.startsWith('"') ? decodeString(key) : key;
}

/** The flag that a node is in. */
export function flagOf(tree: Tree, node: number): number {
	let flag = node;
	while (at(tree.parent, flag) > 0) flag = at(tree.parent, flag);
	return flag;
}

/** The name of the attribute that a node is in. */
function attributeOf(tree: Tree, node: number): string {
	const flag = flagOf(tree, node);
	let attribute = node;
	while (at(tree.parent, attribute) > flag)
		attribute = at(tree.parent, attribute);
	return keyOf(tree, attribute);
}
