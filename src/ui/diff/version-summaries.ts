import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import { readContent } from "../content/use-body.ts";
import { convertInputs, createCompareWorker } from "./compare-client.ts";
import type {
	ChangeSummary,
	CompareInput,
	CompareRequest,
	CompareResponse,
} from "./messages.ts";

/** A version and the one before it. */
export interface VersionChange {
	readonly reader: BodyReader;
	readonly id: ProfileId;
	readonly before: Version;
	readonly version: Version;
}

/** Increase it when the text of summaries changes, so that cached ones are not shown again. */
const SUMMARY_REVISION = "4";

const summaries = createSummaryQueue();

/** What changed between two versions. Rejects when a version is no longer stored or the worker fails. */
export async function summarizeVersionChange(
	change: VersionChange,
): Promise<ChangeSummary> {
	const { before, version } = change;
	return summaries.summarize(summaryKey(before, version), () =>
		readBoth(change),
	);
}

/** The same with `marks`. */
export async function markVersionChange(
	change: VersionChange,
): Promise<ChangeSummary> {
	const { before, version } = change;
	return summaries.summarize(
		`${summaryKey(before, version)} marks`,
		() => readBoth(change),
		{ withMarks: true },
	);
}

/** Each change in a sentence; of text without structure, a patch of `fileName`. Rejects as the summaries do. */
export async function describeVersionChange(
	change: VersionChange,
	fileName: string,
): Promise<string> {
	const [original, modified] = await readBoth(change);
	const worker = createCompareWorker();
	const requests: readonly CompareRequest[] = [
		{
			type: "compare",
			original,
			modified,
			awaitsDocuments: false,
			formatted: false,
		},
		{ type: "copy", format: "sentences", fileName },
	];
	try {
		return await new Promise<string>((resolve, reject) => {
			worker.onmessage = ({ data }: MessageEvent<CompareResponse>) => {
				if (data.type === "copy") resolve(data.text);
			};
			worker.onerror = ({ message }) => reject(new Error(message));
			for (const request of requests) worker.postMessage(request);
		});
	} finally {
		worker.terminate();
	}
}

async function readBoth(change: VersionChange): Promise<InputPair> {
	const read = async (version: Version) => {
		const content = await readContent(change.reader, change.id, version);
		if (!content)
			throw new Error(`Version ${version.number} is no longer stored.`);
		const { bytes: body, contentType } = content;
		return { content, input: { body, contentType } };
	};
	const original = await read(change.before);
	const modified = await read(change.version);
	const conversion = convertInputs(original.content, modified.content);
	if (!conversion) return [original.input, modified.input];
	try {
		const [left, right] = await conversion.documents;
		return [
			{ ...original.input, extended: left },
			{ ...modified.input, extended: right },
		];
	} catch {
		// Bodies that could not be converted in time are compared line by line.
		return [original.input, modified.input];
	} finally {
		conversion.cancel();
	}
}

/** Identifies the bytes of both versions, how they are read, and the revision of the summaries. */
export function summaryKey(before: Version, version: Version): string {
	return [before, version]
		.map(({ hash, contentType }) => `${hash.slice(0, 16)} ${contentType}`)
		.concat(SUMMARY_REVISION)
		.join(" ");
}

export type InputPair = readonly [
	original: CompareInput,
	modified: CompareInput,
];

interface SummaryOptions {
	readonly withMarks: boolean;
}

export interface SummaryQueue {
	/**
	 * `key` identifies the pair, which is compared once. `read` is called when the pairs before are done, so that a long
	 * history is never in memory as a whole. Rejects when `read` rejects or the worker fails.
	 */
	summarize(
		key: string,
		read: () => Promise<InputPair>,
		options?: SummaryOptions,
	): Promise<ChangeSummary>;
	close(): void;
}

interface Waiting {
	resolve(summary: ChangeSummary): void;
	reject(error: Error): void;
}

const IDLE_MS = 10_000;
/** As many as a history can show. */
const MAX_KNOWN = 100;

/** Compares pairs one after the other in a worker, which is terminated when idle. */
export function createSummaryQueue(
	start: () => Worker = createCompareWorker,
): SummaryQueue {
	const known = new Map<string, Promise<ChangeSummary>>();
	let worker: Worker | undefined;
	let waiting: Waiting | undefined;
	let idleTimer: ReturnType<typeof setTimeout> | undefined;
	let last: Promise<unknown> = Promise.resolve();
	let id = 0;

	function close(): void {
		clearTimeout(idleTimer);
		worker?.terminate();
		worker = undefined;
	}
	function startWorker(): Worker {
		const started = start();
		started.onmessage = ({ data }: MessageEvent<CompareResponse>) => {
			if (data.type === "summary") waiting?.resolve(data.summary);
		};
		started.onerror = ({ message }) => {
			waiting?.reject(new Error(message));
			close();
		};
		return started;
	}
	async function compare(
		read: () => Promise<InputPair>,
		{ withMarks }: SummaryOptions,
	): Promise<ChangeSummary> {
		const [original, modified] = await read();
		clearTimeout(idleTimer);
		worker ??= startWorker();
		id += 1;
		const request: CompareRequest = {
			type: "summarize",
			id,
			withMarks,
			original,
			modified,
		};
		worker.postMessage(request);
		const summary = await new Promise<ChangeSummary>((resolve, reject) => {
			waiting = { resolve, reject };
		});
		idleTimer = setTimeout(close, IDLE_MS);
		return summary;
	}

	return {
		summarize(key, read, options = { withMarks: false }) {
			const before = known.get(key);
			if (before) return before;
			const summary = last.then(() => compare(read, options));
			known.set(key, summary);
			for (const oldest of known.keys()) {
				if (known.size <= MAX_KNOWN) break;
				known.delete(oldest);
			}
			last = summary.catch(() => known.delete(key));
			return summary;
		},
		close,
	};
}
