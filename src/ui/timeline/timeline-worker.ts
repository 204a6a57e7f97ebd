import {
	type StablePath,
	toStablePath,
	valueAt,
} from "../../document/blame/timeline.ts";
import { parsePath } from "../../document/json/paths.ts";
import type { Tree } from "../../document/json/tree.ts";
import { truncate } from "../../document/text/graphemes.ts";
import { parseInput } from "../diff/parse-input.ts";
import type { TimelineRequest, TimelineResponse } from "./messages.ts";

/** Characters of a value. */
const MAX_VALUE = 400;

/** The path of the first request, as its elements are identified there. */
let path: StablePath | undefined;

self.onmessage = ({ data }: MessageEvent<TimelineRequest>) => {
	const response: TimelineResponse = { id: data.id, ...read(data) };
	self.postMessage(response);
};

function read({
	input,
	jsonPath,
}: TimelineRequest): Omit<TimelineResponse, "id"> {
	const { tree, error, format } = parseInput(input);
	if (!tree) return { error: error ?? `${format} has no keys.` };
	if (jsonPath !== undefined) path = resolve(tree, jsonPath);
	const value = path && valueAt(tree, path);
	if (value === undefined) return {};
	return {
		value: value.length > MAX_VALUE ? `${truncate(value, MAX_VALUE)}…` : value,
	};
}

function resolve(tree: Tree, jsonPath: string): StablePath | undefined {
	const parsed = parsePath(jsonPath);
	return parsed && toStablePath(tree, parsed);
}
