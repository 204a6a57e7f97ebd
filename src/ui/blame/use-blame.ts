import { useEffect, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import { useBackgroundClient } from "../background-client/context.tsx";
import { registerWorker } from "../content/create-worker.ts";
import { readInput } from "../diff/read-input.ts";
import blameUrl from "./blame-worker.ts?worker&url";
import type { BlameRequest, BlameResponse } from "./messages.ts";

const startWorker = registerWorker(blameUrl);

export interface BlameState {
	/** By node of the first version: the position of the version that changed it last; -1 while unknown. */
	readonly changedIn: Int32Array | undefined;
	/** Newest first: the version on show, and all that are older. */
	readonly versions: readonly Version[];
	readonly isDone: boolean;
	readonly error: string | undefined;
}

/** The last change of each value. Reads one body after the other, until everything is known; nothing without versions. */
export function useBlame(
	id: ProfileId,
	versions: readonly Version[],
): BlameState {
	const reader = useBackgroundClient();
	const empty = {
		changedIn: undefined,
		versions,
		isDone: false,
		error: undefined,
	};
	const [state, setState] = useState<BlameState>(empty);
	const key = JSON.stringify([id, versions.map(({ hash }) => hash)]);
	useEffect(() => {
		setState(empty);
		if (versions.length === 0) return undefined;
		let isCancelled = false;
		const worker = startWorker();
		const work = async () => {
			let before: string | undefined;
			for (const [index, version] of versions.entries()) {
				const isEqual = version.hash === before;
				before = version.hash;
				const input = isEqual
					? undefined
					: await readInput(reader, id, version);
				if (isCancelled) return;
				const isGone = !input && !isEqual;
				if (isGone && index === 0)
					throw new Error("The version is no longer stored.");
				const { changedIn, unknown, error } = await ask(worker, {
					...(input ? { input } : {}),
					isOldest: isGone || index === versions.length - 1,
				});
				if (isCancelled) return;
				if (error !== undefined) throw new Error(error);
				const isDone = unknown === 0;
				if (changedIn)
					setState({ changedIn, versions, isDone, error: undefined });
				if (isDone) break;
			}
			// The documents are given back with it.
			worker.terminate();
		};
		work().catch((error: unknown) => {
			worker.terminate();
			const message = error instanceof Error ? error.message : String(error);
			if (!isCancelled) setState({ ...empty, isDone: true, error: message });
		});
		return () => {
			isCancelled = true;
			worker.terminate();
		};
	}, [key]);
	return state;
}

function ask(worker: Worker, request: BlameRequest): Promise<BlameResponse> {
	return new Promise((resolve, reject) => {
		worker.onmessage = ({ data }: MessageEvent<BlameResponse>) => resolve(data);
		worker.onerror = ({ message }) => reject(new Error(message));
		worker.postMessage(request);
	});
}
