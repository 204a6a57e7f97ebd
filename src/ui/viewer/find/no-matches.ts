// What was found when nothing was looked for.
import { NONE } from "../../../document/json/tree.ts";
import type { FindResult } from "./use-find.ts";

export const NO_MATCHES: FindResult = {
	nodes: [],
	isFound: () => false,
	marks: [],
	current: NONE,
	filter: undefined,
	isAnswered: true,
	error: undefined,
};
