import {
	type Blame,
	type BlameWalk,
	startBlame,
} from "../../document/blame/blame.ts";
import { runToEnd } from "../../document/diff/text/cooperative-task.ts";
import { parseInput } from "../diff/parse-input.ts";
import type { BlameRequest, BlameResponse } from "./messages.ts";

let walk: BlameWalk | undefined;

self.onmessage = ({ data }: MessageEvent<BlameRequest>) => {
	self.postMessage(read(data));
};

function read({ input, isOldest }: BlameRequest): BlameResponse {
	let blame: Blame | undefined;
	if (input) {
		const { tree, error, format } = parseInput(input);
		// What cannot be read ends the walk: what is behind it is not the version before.
		if (!tree || tree.count === 0)
			return walk
				? toResponse(walk.finish())
				: { unknown: 0, error: error ?? `${format} has no keys.` };
		if (walk) blame = runToEnd(walk.add(tree));
		else walk = startBlame(tree);
	} else blame = walk?.addEqual();
	if (isOldest) blame = walk?.finish();
	return blame ? toResponse(blame) : { unknown: 1 };
}

function toResponse({ changedIn, unknown }: Blame): BlameResponse {
	return { changedIn, unknown };
}
