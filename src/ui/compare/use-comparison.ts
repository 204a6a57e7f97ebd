// A comparison under way, as a hook: texts are compared in the page, the rest in a worker, and what was found comes in as it is found.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { LineChange } from "../../document/diff/text/line-diff.ts";
import type { Content } from "../content/content.ts";
import { runInSlices } from "../content/cooperative-work.ts";
import { convertInputs, type InputConversion } from "../diff/convert.ts";
import { createCompareWorker } from "../diff/create-compare-worker.ts";
import type {
	ChangeItem,
	CompareInput,
	CompareRequest,
	CompareResponse,
	CopyFormat,
	StructureResponse,
	TextResponse,
} from "../diff/messages.ts";
import type { TextComparison } from "../diff/text-comparison.ts";
import { useTextComparison } from "./use-own-text.ts";

export interface ComparisonResult {
	readonly text?: TextComparison;
	readonly structure?: StructureResponse;
	readonly items: readonly ChangeItem[];
	/** The worker failed, and with what. */
	readonly error?: string;
}

export interface ComparisonState extends ComparisonResult {
	/** As text, written out line by line or as it came. */
	showFormatted(formatted: boolean): void;
	/** For the clipboard. */
	copyText(form: CopyFormat, name: string): Promise<string>;
}

const NOTHING: ComparisonResult = { items: [] };

/** Of the two that it is given first: others are another comparison, with another `key`. */
export function useComparison(
	original: Content,
	modified: Content,
): ComparisonState {
	const [subjects] = useState({ original, modified });
	const [compared, setCompared] = useState(NOTHING);
	const [wanted, setWanted] = useState<boolean>();
	const worker = useRef<Worker | undefined>(undefined);
	const here = useTextComparison(subjects, wanted);
	const isInWorker = useRef(!here);
	isInWorker.current = !here;
	useLayoutEffect(() => setCompared(NOTHING), [subjects, wanted]);
	const workerOf = () => {
		worker.current ??= startWorker(setCompared, () => isInWorker.current);
		return worker.current;
	};
	useEffect(() => () => worker.current?.terminate(), []);
	useEffect(() => {
		let isWanted = true;
		let conversion: InputConversion | undefined;
		const begin = () => {
			conversion = convertInputs(subjects.original, subjects.modified);
			ask(workerOf(), {
				type: "compare",
				original: toInput(subjects.original),
				modified: toInput(subjects.modified),
				awaitsDocuments: conversion !== undefined,
				formatted: isInWorker.current,
			});
			conversion?.documents.then(
				([left, right]) =>
					isWanted &&
					ask(workerOf(), {
						type: "documents",
						original: left,
						modified: right,
					}),
				(error: unknown) =>
					isWanted &&
					setCompared((before) => ({ ...before, structure: noTree(error) })),
			);
		};
		// The text is painted first.
		const stop = runInSlices(() => true, begin);
		return () => {
			isWanted = false;
			stop();
			conversion?.cancel();
		};
	}, [subjects, wanted]);
	return {
		...compared,
		...(here?.text ? { text: here.text } : {}),
		showFormatted: setWanted,
		copyText: (form, name) => askToWrite(workerOf(), form, name),
	};
}

function toInput({ bytes, contentType }: Content): CompareInput {
	return { body: bytes, contentType };
}

function noTree(error: unknown): StructureResponse {
	return {
		type: "structure",
		error: error instanceof Error ? error.message : String(error),
		converted: true,
		summary: "",
		counts: { changed: 0, added: 0, removed: 0, moved: 0 },
		coarse: false,
	};
}

type Update = (change: (before: ComparisonResult) => ComparisonResult) => void;

/** A text that comes when another is wanted meanwhile is not taken in. */
function startWorker(update: Update, isTextWanted: () => boolean): Worker {
	const worker = createCompareWorker();
	worker.onmessage = ({ data }: MessageEvent<CompareResponse>) => {
		if (data.type !== "text" || isTextWanted())
			update((before) => takeIn(before, data));
	};
	worker.onerror = ({ message }) =>
		update((before) => ({ ...before, error: message }));
	return worker;
}

function ask(worker: Worker, request: CompareRequest): void {
	worker.postMessage(request);
}

function takeIn(
	before: ComparisonResult,
	answer: CompareResponse,
): ComparisonResult {
	switch (answer.type) {
		case "text":
			return { ...before, text: toCompared(answer) };
		case "structure":
			return { ...before, structure: answer };
		case "items":
			return { ...before, items: [...before.items, ...answer.items] };
		default:
			return before;
	}
}

function toCompared(answer: TextResponse): TextComparison {
	const { originalText, modifiedText, originalStarts, modifiedStarts } = answer;
	const { formatted, notes, unchanged } = answer;
	const lines = (text: string, starts: Int32Array) => ({
		text,
		starts,
		count: starts.length - 1,
	});
	return {
		diff: {
			original: lines(originalText, originalStarts),
			modified: lines(modifiedText, modifiedStarts),
			changes: toChanges(answer.changes),
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

function askToWrite(
	worker: Worker,
	form: CopyFormat,
	name: string,
): Promise<string> {
	return new Promise((resolve) => {
		const onMessage = ({ data }: MessageEvent<CompareResponse>) => {
			if (data.type !== "written" || data.form !== form) return;
			worker.removeEventListener("message", onMessage);
			resolve(data.text);
		};
		worker.addEventListener("message", onMessage);
		ask(worker, { type: "write", form, name });
	});
}
