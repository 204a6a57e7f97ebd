import { useEffect, useState } from "preact/hooks";
import type { Remote } from "../../core/protocol/commands.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type {
	BodyMatches,
	BodyQuery,
} from "../../document/search/search-body.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import {
	useBackgroundClient,
	useRemote,
} from "../background-client/context.tsx";
import { registerWorker } from "../content/create-worker.ts";
import {
	addMatches,
	type ProfileResults,
	type SearchResult,
} from "./results.ts";
import type { SearchRequest, SearchResponse } from "./search-worker.ts";
import searchUrl from "./search-worker.ts?worker&url";

const startWorker = registerWorker(searchUrl);

export interface SearchState {
	/** In the order of the profiles; those without a match are left out. */
	readonly profiles: readonly ProfileResults[];
	readonly searched: number;
	/** Versions in all. */
	readonly total: number;
	readonly isDone: boolean;
	readonly error: string | undefined;
}

const IDLE: SearchState = {
	profiles: [],
	searched: 0,
	total: 0,
	isDone: true,
	error: undefined,
};

/** While the user types, the search for the text before is given up. */
const TYPING_MS = 150;

export interface SearchOptions {
	readonly profiles: readonly ProfileSnapshot[];
	/** `undefined`: nothing to look for. */
	readonly query: BodyQuery | undefined;
	readonly onlyLive: boolean;
}

/** Searches all versions of all profiles, newest first, one body after the other. Results arrive while it searches. */
export function useSearch(options: SearchOptions): SearchState {
	const reader = useBackgroundClient();
	const remote = useRemote();
	const [state, setState] = useState(IDLE);
	const { profiles, query, onlyLive } = options;
	const key = JSON.stringify([
		query,
		onlyLive,
		profiles.map(({ profile, versions: [live] }) => [profile.id, live?.hash]),
	]);
	useEffect(() => {
		if (!query) {
			setState(IDLE);
			return;
		}
		let isCancelled = false;
		let worker: Worker | undefined;
		const run = async () => {
			worker = startWorker();
			const search = createSearch(worker, reader, query);
			const found = new Map<ProfileSnapshot, ProfileResults>();
			let searched = 0;
			const total = profiles.reduce(
				(sum, { versionCount }) =>
					sum + (onlyLive ? Math.min(1, versionCount) : versionCount),
				0,
			);
			const publish = (isDone: boolean) =>
				setState({
					profiles: profiles.flatMap((entry) => found.get(entry) ?? []),
					searched,
					total,
					isDone,
					error: undefined,
				});
			publish(false);
			for (const entry of profiles) {
				const versions = await versionsOf(remote, entry, onlyLive);
				let results: readonly SearchResult[] = [];
				let isCut = false;
				for (const [index, version] of versions.entries()) {
					const matches = await search(entry.profile.id, version);
					if (isCancelled) return;
					searched += 1;
					results = addMatches(results, matches.matches, versions, index);
					isCut ||= matches.isCut;
					if (results.length > 0) found.set(entry, { entry, results, isCut });
					publish(false);
				}
			}
			publish(true);
		};
		const timer = setTimeout(() => {
			run()
				.catch((error: unknown) => {
					const message =
						error instanceof Error ? error.message : String(error);
					if (!isCancelled)
						setState((before) => ({ ...before, isDone: true, error: message }));
				})
				.finally(() => worker?.terminate());
		}, TYPING_MS);
		return () => {
			isCancelled = true;
			clearTimeout(timer);
			worker?.terminate();
		};
	}, [key]);
	return state;
}

async function versionsOf(
	remote: Pick<Remote, "listVersions">,
	{ profile, versions, versionCount }: ProfileSnapshot,
	onlyLive: boolean,
) {
	if (onlyLive) return versions.slice(0, 1);
	return versions.length >= versionCount
		? versions
		: remote.listVersions({ id: profile.id });
}

const NOTHING: BodyMatches = { matches: [], isCut: false };

/** Equal bytes are searched once. */
function createSearch(worker: Worker, reader: BodyReader, query: BodyQuery) {
	const known = new Map<string, SearchResponse>();
	return async (
		id: ProfileSnapshot["profile"]["id"],
		version: ProfileSnapshot["versions"][number],
	): Promise<SearchResponse> => {
		const { number, hash, contentType } = version;
		const before = known.get(hash + contentType);
		if (before) return before;
		// A version that cannot be read is told of where it is shown.
		const body = await reader.readBody(id, number).catch(() => undefined);
		if (!body) return NOTHING;
		const response = await new Promise<SearchResponse>((resolve, reject) => {
			worker.onmessage = ({ data }: MessageEvent<SearchResponse>) =>
				resolve(data);
			worker.onerror = ({ message }) => reject(new Error(message));
			const request: SearchRequest = { body, contentType, query };
			worker.postMessage(request);
		});
		known.set(hash + contentType, response);
		return response;
	};
}
