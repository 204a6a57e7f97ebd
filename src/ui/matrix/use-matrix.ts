import { useEffect, useRef, useState } from "preact/hooks";
import type { BodyReader } from "../../storage/body-reader.ts";
import { useBackgroundClient } from "../background-client/context.tsx";
import { registerWorker } from "../content/create-worker.ts";
import type { CompareInput } from "../diff/messages.ts";
import { readInput } from "../diff/read-input.ts";
import type { MatrixCellSource, MatrixSection } from "./columns.ts";
import matrixUrl from "./matrix-worker.ts?worker&url";
import type {
	MatrixRequest,
	MatrixResponse,
	MatrixRowItem,
	SectionResponse,
} from "./messages.ts";

const startWorker = registerWorker(matrixUrl);

export interface SectionState
	extends Pick<
		SectionResponse,
		"keyCount" | "differentCount" | "isCut" | "errors"
	> {
	readonly rows: readonly MatrixRowItem[];
}

export interface PatchResult {
	readonly text: string;
	readonly operations: number;
	readonly error?: string;
}

export interface MatrixState {
	/** By section; absent until it is compared. While new versions are read, those of the old ones stay. */
	readonly sections: readonly (SectionState | undefined)[];
	/** Why nothing could be compared. */
	readonly error: string | undefined;
	/** The JSON Patch between two columns of a section. */
	readonly patch: (
		section: number,
		from: number,
		to: number,
	) => Promise<PatchResult>;
}

/** Reads the live versions and compares them in a worker, again with each new version. The worker ends with the view. */
export function useMatrix(
	sections: readonly MatrixSection[],
	onlyDifferences: boolean,
): MatrixState {
	const reader = useBackgroundClient();
	const [state, setState] = useState<Pick<MatrixState, "sections" | "error">>({
		sections: [],
		error: undefined,
	});
	const worker = useRef<Worker>(undefined);
	const patches = useRef(new Map<number, (result: PatchResult) => void>());
	const key = JSON.stringify([
		onlyDifferences,
		sections.map(({ sources }) =>
			sources.map(
				(source) => source && [source.profile.id, source.version.hash],
			),
		),
	]);
	useEffect(() => {
		let isCancelled = false;
		const started = startWorker();
		worker.current = started;
		const found: (SectionState | undefined)[] = sections.map(() => undefined);
		const publish = () => {
			if (!isCancelled) setState({ sections: [...found], error: undefined });
		};
		started.onmessage = ({ data }: MessageEvent<MatrixResponse>) => {
			if (data.type === "patch") {
				patches.current.get(data.id)?.(data);
				patches.current.delete(data.id);
				return;
			}
			const known = found[data.section];
			found[data.section] =
				data.type === "section"
					? data
					: known && { ...known, rows: [...known.rows, ...data.rows] };
			publish();
		};
		const fail = (message: string) => {
			if (!isCancelled) setState({ sections: [], error: message });
		};
		started.onerror = ({ message }) => fail(message);
		Promise.all(
			sections.map(({ sources }) =>
				Promise.all(sources.map((source) => readSource(reader, source))),
			),
		).then(
			(inputs) => {
				if (isCancelled) return;
				const request: MatrixRequest = {
					type: "build",
					sections: inputs,
					onlyDifferences,
				};
				started.postMessage(request);
			},
			(error: unknown) =>
				fail(error instanceof Error ? error.message : String(error)),
		);
		return () => {
			isCancelled = true;
			started.terminate();
			for (const settle of patches.current.values()) settle(CANCELLED);
			patches.current.clear();
		};
	}, [key]);
	const patch = (section: number, from: number, to: number) =>
		new Promise<PatchResult>((resolve) => {
			const id = nextId();
			patches.current.set(id, resolve);
			const request: MatrixRequest = { type: "patch", id, section, from, to };
			worker.current?.postMessage(request);
		});
	return { ...state, patch };
}

const CANCELLED: PatchResult = {
	text: "",
	operations: 0,
	error: "The comparison was replaced by a newer one.",
};

let lastId = 0;
function nextId(): number {
	lastId += 1;
	return lastId;
}

async function readSource(
	reader: BodyReader,
	source: MatrixCellSource | undefined,
): Promise<CompareInput | undefined> {
	if (!source) return undefined;
	const { profile, version } = source;
	const input = await readInput(reader, profile.id, version);
	if (!input)
		throw new Error(
			`Version ${version.number} of ${profile.name} is no longer stored.`,
		);
	return input;
}
