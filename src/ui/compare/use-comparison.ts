import {
	useEffect,
	useLayoutEffect,
	useMemo,
	useRef,
	useState,
} from "preact/hooks";
import type { LineChange } from "../../document/diff/text/line-diff.ts";
import type { Content } from "../content/content.ts";
import { runInSlices, runWithinFrame } from "../content/cooperative-work.ts";
import {
	convertInputs,
	createCompareWorker,
	type InputConversion,
} from "../diff/compare-client.ts";
import type {
	ChangeItem,
	CompareInput,
	CompareRequest,
	CompareResponse,
	CopyFormat,
	StructureResponse,
	TextResponse,
} from "../diff/messages.ts";
import { decodeInput, hasLongLine } from "../diff/parse-input.ts";
import {
	compareSources,
	type TextComparison,
} from "../diff/text-comparison.ts";

interface ComparisonResult {
	readonly text?: TextComparison;
	readonly structure?: StructureResponse;
	readonly items: readonly ChangeItem[];
	/** Why the worker failed. */
	readonly error?: string;
}

export interface ComparisonState extends ComparisonResult {
	/** Compares the formatted texts, or the texts as received. */
	showFormatted(formatted: boolean): void;
	/** The changes as text for the clipboard. Rejects when the worker fails. */
	copyText(format: CopyFormat, fileName: string): Promise<string>;
}

const NOTHING: ComparisonResult = { items: [] };

/**
 * Compares the contents of the first render. Texts are compared in the page, where most comparisons are faster than starting
 * a worker; formatted texts and values are compared in a worker, and results appear as they arrive.
 */
export function useComparison(
	original: Content,
	modified: Content,
): ComparisonState {
	const [contents] = useState({ original, modified });
	const [result, setResult] = useState(NOTHING);
	/** What the user selected; `undefined`: formatted only if a line is too long to be read. */
	const [formatted, setFormatted] = useState<boolean>();
	const worker = useRef<Worker | undefined>(undefined);
	const inPage = useTextComparison(contents, formatted);
	const needsText = useRef(!inPage);
	needsText.current = !inPage;
	useLayoutEffect(() => setResult(NOTHING), [contents, formatted]);
	const startedWorker = () => {
		worker.current ??= startWorker(setResult, () => needsText.current);
		return worker.current;
	};
	useEffect(() => () => worker.current?.terminate(), []);
	useEffect(() => {
		let isCancelled = false;
		let conversion: InputConversion | undefined;
		const compare = () => {
			conversion = convertInputs(contents.original, contents.modified);
			post(startedWorker(), {
				type: "compare",
				original: toInput(contents.original),
				modified: toInput(contents.modified),
				awaitsDocuments: conversion !== undefined,
				formatted: needsText.current,
			});
			conversion?.documents.then(
				([original, modified]) => {
					if (!isCancelled)
						post(startedWorker(), { type: "documents", original, modified });
				},
				(error: unknown) => {
					const structure = toFailedStructure(error);
					if (!isCancelled) setResult((before) => ({ ...before, structure }));
				},
			);
		};
		// After the text is painted.
		const stop = runInSlices(() => true, compare);
		return () => {
			isCancelled = true;
			stop();
			conversion?.cancel();
		};
	}, [contents, formatted]);
	return {
		...result,
		...(inPage?.text ? { text: inPage.text } : {}),
		showFormatted: setFormatted,
		copyText: (format, fileName) =>
			requestCopyText(startedWorker(), format, fileName),
	};
}

interface Contents {
	readonly original: Content;
	readonly modified: Content;
}

interface TextInPage {
	text?: TextComparison;
	/** One step; true after the last one. */
	readonly work: () => boolean;
}

/** Compares the texts as received, mostly before the first paint. `undefined` when the formatted texts are needed. */
function useTextComparison(
	contents: Contents,
	formatted: boolean | undefined,
): TextInPage | undefined {
	const [, redraw] = useState(0);
	const inPage = useMemo(
		() => (formatted ? undefined : startInPage(contents, formatted)),
		[contents, formatted],
	);
	useLayoutEffect(
		() =>
			inPage && !inPage.text
				? runInSlices(inPage.work, () => redraw((count) => count + 1))
				: undefined,
		[inPage],
	);
	return inPage;
}

function startInPage(
	contents: Contents,
	formatted: false | undefined,
): TextInPage | undefined {
	const original = decodeInput(contents.original);
	const modified = decodeInput(contents.modified);
	if (formatted === undefined && hasLongLine([original.text, modified.text]))
		return undefined;
	const task = compareSources(original, modified);
	const inPage: TextInPage = {
		work: () => {
			const { done, value } = task.next();
			if (done) inPage.text = value;
			return done === true;
		},
	};
	runWithinFrame(inPage.work);
	return inPage;
}

function toInput({ bytes, contentType }: Content): CompareInput {
	return { body: bytes, contentType };
}

function toFailedStructure(error: unknown): StructureResponse {
	return {
		type: "structure",
		error: error instanceof Error ? error.message : String(error),
		converted: true,
		summary: "",
		counts: { changed: 0, added: 0, removed: 0, moved: 0 },
		coarse: false,
	};
}

type UpdateResult = (
	update: (before: ComparisonResult) => ComparisonResult,
) => void;

/** A text that arrives after the user selected another one is ignored. */
function startWorker(
	setResult: UpdateResult,
	needsText: () => boolean,
): Worker {
	const worker = createCompareWorker();
	worker.onmessage = ({ data }: MessageEvent<CompareResponse>) => {
		if (data.type !== "text" || needsText())
			setResult((before) => withResponse(before, data));
	};
	worker.onerror = ({ message }) =>
		setResult((before) => ({ ...before, error: message }));
	return worker;
}

function post(worker: Worker, request: CompareRequest): void {
	worker.postMessage(request);
}

function withResponse(
	before: ComparisonResult,
	response: CompareResponse,
): ComparisonResult {
	switch (response.type) {
		case "text":
			return { ...before, text: toTextComparison(response) };
		case "structure":
			return { ...before, structure: response };
		case "items":
			return { ...before, items: [...before.items, ...response.items] };
		default:
			return before;
	}
}

function toTextComparison(response: TextResponse): TextComparison {
	const { formatted, notes, unchanged } = response;
	const toLines = (text: string, starts: Int32Array) => ({
		text,
		starts,
		count: starts.length - 1,
	});
	return {
		diff: {
			original: toLines(response.originalText, response.originalStarts),
			modified: toLines(response.modifiedText, response.modifiedStarts),
			changes: toChanges(response.changes),
		},
		formatted,
		notes,
		unchanged,
	};
}

function toChanges(numbers: Int32Array): readonly LineChange[] {
	const changes: LineChange[] = [];
	for (let at = 0; at < numbers.length; at += 4) {
		const [
			originalStart = 0,
			originalEnd = 0,
			modifiedStart = 0,
			modifiedEnd = 0,
		] = numbers.subarray(at, at + 4);
		changes.push({ originalStart, originalEnd, modifiedStart, modifiedEnd });
	}
	return changes;
}

function requestCopyText(
	worker: Worker,
	format: CopyFormat,
	fileName: string,
): Promise<string> {
	return new Promise((resolve, reject) => {
		const listening = new AbortController();
		const { signal } = listening;
		worker.addEventListener(
			"message",
			({ data }: MessageEvent<CompareResponse>) => {
				if (data.type !== "copy" || data.format !== format) return;
				listening.abort();
				resolve(data.text);
			},
			{ signal },
		);
		worker.addEventListener(
			"error",
			({ message }) => {
				listening.abort();
				reject(new Error(message));
			},
			{ signal },
		);
		post(worker, { type: "copy", format, fileName });
	});
}
