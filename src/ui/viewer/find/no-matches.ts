// What was found when nothing was looked for.
import { NONE } from "../../../document/json/tree.ts";
import type { Found } from "./use-find.ts";

export const NO_FOUND: Found = {
	nodes: [],
	isFound: () => false,
	marks: [],
	current: NONE,
	kept: undefined,
	isAnswered: true,
	trouble: undefined,
};
