import { useEffect, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import {
	changesOf,
	type TimelineEntry,
	type VersionValue,
} from "../../document/blame/timeline.ts";
import { useBackgroundClient } from "../background-client/context.tsx";
import { registerWorker } from "../content/create-worker.ts";
import { readInput } from "../diff/read-input.ts";
import type { TimelineRequest, TimelineResponse } from "./messages.ts";
import timelineUrl from "./timeline-worker.ts?worker&url";

const startWorker = registerWorker(timelineUrl);

/** The value of the same key in another profile. */
export interface ElsewhereValue {
	readonly entry: ProfileSnapshot;
	/** Absent where the key is missing. */
	readonly value?: string;
}

export interface TimelineState {
	/** Newest first; grows while versions are read. */
	readonly values: readonly VersionValue<Version>[];
	readonly entries: readonly TimelineEntry<Version>[];
	readonly elsewhere: readonly ElsewhereValue[];
	/** Versions that could not be read by key, which the timeline passes over. */
	readonly unreadable: readonly number[];
	readonly isDone: boolean;
	readonly error: string | undefined;
}

const EMPTY: TimelineState = {
	values: [],
	entries: [],
	elsewhere: [],
	unreadable: [],
	isDone: false,
	error: undefined,
};

export interface TimelineQuery {
	readonly id: ProfileId;
	/** Newest first. */
	readonly versions: readonly Version[];
	readonly jsonPath: string;
	/** Other profiles in whose live versions the key is looked up. */
	readonly others: readonly ProfileSnapshot[];
}

/** Reads a value in all versions, one body after the other, so that a long history is never in memory as a whole. */
export function useTimeline(query: TimelineQuery): TimelineState {
	const reader = useBackgroundClient();
	const { id, versions, jsonPath, others } = query;
	const [state, setState] = useState(EMPTY);
	const key = JSON.stringify([
		id,
		jsonPath,
		versions.map(({ number, hash }) => [number, hash]),
		others.map(({ profile, versions: [live] }) => [profile.id, live?.hash]),
	]);
	useEffect(() => {
		let isCancelled = false;
		const worker = startWorker();
		const ask = createAsk(worker);
		setState(EMPTY);
		const work = async () => {
			const values: VersionValue<Version>[] = [];
			const unreadable: number[] = [];
			const elsewhere: ElsewhereValue[] = [];
			/** Equal bytes have equal values. */
			const known = new Map<string, TimelineResponse>();
			const publish = (isDone: boolean) =>
				setState({
					values: [...values],
					entries: changesOf(values),
					elsewhere: [...elsewhere],
					unreadable: [...unreadable],
					isDone,
					error: undefined,
				});
			for (const [index, version] of versions.entries()) {
				const input = known.has(version.hash)
					? undefined
					: await readInput(reader, id, version);
				if (isCancelled) return;
				const response =
					known.get(version.hash) ??
					(input && (await ask(input, index === 0 ? jsonPath : undefined)));
				if (isCancelled) return;
				if (!response || response.error !== undefined) {
					// Without the newest version there is no path to follow.
					if (index === 0)
						throw new Error(
							response?.error ?? "The version is no longer stored.",
						);
					unreadable.push(version.number);
					continue;
				}
				known.set(version.hash, response);
				values.push(
					response.value === undefined
						? { version }
						: { version, value: response.value },
				);
				publish(false);
			}
			for (const entry of others) {
				const [live] = entry.versions;
				const input = live && (await readInput(reader, entry.profile.id, live));
				const response = input && (await ask(input, undefined));
				if (isCancelled) return;
				if (response && response.error === undefined)
					elsewhere.push(
						response.value === undefined
							? { entry }
							: { entry, value: response.value },
					);
			}
			publish(true);
		};
		work().catch((error: unknown) => {
			const message = error instanceof Error ? error.message : String(error);
			if (!isCancelled) setState({ ...EMPTY, isDone: true, error: message });
		});
		return () => {
			isCancelled = true;
			worker.terminate();
		};
	}, [key]);
	return state;
}

/** Sends one request at a time, and waits for its response. */
function createAsk(worker: Worker) {
	let lastId = 0;
	return (
		input: TimelineRequest["input"],
		jsonPath: string | undefined,
	): Promise<TimelineResponse> =>
		new Promise((resolve, reject) => {
			lastId += 1;
			worker.onmessage = ({ data }: MessageEvent<TimelineResponse>) =>
				resolve(data);
			worker.onerror = ({ message }) => reject(new Error(message));
			const request: TimelineRequest = {
				id: lastId,
				input,
				...(jsonPath === undefined ? {} : { jsonPath }),
			};
			worker.postMessage(request);
		});
}
