import {
	type BodyMatches,
	type BodyQuery,
	searchBody,
} from "../../document/search/search-body.ts";
import { openContent } from "../content/content.ts";

export interface SearchRequest {
	readonly body: Uint8Array;
	readonly contentType: string;
	readonly query: BodyQuery;
}

export type SearchResponse = BodyMatches;

const NOTHING: BodyMatches = { matches: [], isCut: false };

self.onmessage = ({ data }: MessageEvent<SearchRequest>) => {
	const content = openContent(data.body, data.contentType);
	const response: SearchResponse =
		content.kind === "binary"
			? NOTHING
			: searchBody(content.decode().text, data.query);
	self.postMessage(response);
};
