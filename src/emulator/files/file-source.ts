// One profile that lives in a file: looked at whenever somebody asks, and told of when it has another good content.
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { Missing } from "../registry/catalogue.ts";
import { type FileContent, parseLabel, toFileContent } from "./file-content.ts";
import { splitExtension } from "./listing.ts";
import {
	readSettled,
	restOfSettling,
	statFile,
	toSignature,
} from "./stable-read.ts";

export interface FileSourceOptions {
	readonly subject: string;
	readonly root: string;
	/** Where the file is now. */
	readonly locate: () => string | Missing;
	/** Stands beside the files and says more about this one; another text whenever that changes. */
	readonly setting: () => { readonly label?: string; readonly mark: string };
	readonly settleMs: number;
	/** The same number as long as what was seen on disk need not be looked at again. */
	readonly turn: () => number;
	readonly log: Log;
	/** Throws, or rejects with, an Error whose message says why this content cannot be a version. */
	readonly onContent: (content: FileContent) => void | Promise<void>;
	readonly onRemoved: () => void;
}

/** Undefined: there is a file, and its last good content has been told. */
export type FileState = Missing | undefined;

export interface FileSource {
	refresh(): FileState | Promise<FileState>;
}

/** What was seen at one look: the file, its label and its settings. */
interface Look {
	readonly path: string;
	readonly file: string;
	readonly label: string | undefined;
	readonly mark: string;
	readonly restMs: number;
}

/** How many settle times a request waits for: two seconds by default. */
const PATIENCE = 20;

export function createFileSource(options: FileSourceOptions): FileSource {
	const { root, settleMs, turn, log } = options;
	let path: string | undefined;
	let judged: string | undefined;
	let good: string | undefined;
	let lastTurn = -1;
	let lastState: FileState;
	let settling: Promise<FileState> | undefined;
	let waitingSince = 0;

	function refresh(): FileState | Promise<FileState> {
		if (settling) return settling;
		const thisTurn = turn();
		if (thisTurn === lastTurn) return lastState;
		const state = look();
		if (state instanceof Promise) {
			waitingSince = performance.now();
			settling = state.finally(() => {
				settling = undefined;
			});
			return settling;
		}
		lastTurn = thisTurn;
		lastState = state;
		return state;
	}

	function look(): FileState | Promise<FileState> {
		let seen = path === undefined ? undefined : see(path, options);
		if (!seen) {
			const found = options.locate();
			if (typeof found !== "string") return forget(found);
			path = found;
			seen = see(path, options);
			// A link to nowhere has a name in its directory and no file behind it.
			if (!seen) return complain(`${found} gone`, "cannot be read");
		}
		if (toMark(seen) === judged) return undefined;
		return seen.restMs > 0 ? settle(seen, seen.restMs) : admit(seen);
	}

	/** Waits until the file has stayed the same for the settle time, then reads it; not for ever, if its writer never rests. */
	async function settle(seen: Look, restMs: number): Promise<FileState> {
		await delay(restMs);
		const again = see(seen.path, options);
		if (again && toMark(again) === toMark(seen)) return admit(again);
		const patient = performance.now() - waitingSince < settleMs * PATIENCE;
		return patient ? look() : restless(seen);
	}

	function admit(seen: Look): FileState | Promise<FileState> {
		try {
			const bytes = readSettled(root, seen.path, seen.file);
			if (!bytes) return settle(seen, settleMs);
			const [, extension] = splitExtension(basename(seen.path));
			const label = options.setting().label ?? readLabel(seen);
			const told = tell(toFileContent(bytes, extension, label));
			if (told)
				return told.then(
					() => accept(seen),
					(error) => complain(toMark(seen), toReason(error)),
				);
		} catch (error) {
			return complain(toMark(seen), toReason(error));
		}
		return accept(seen);
	}

	function accept(seen: Look): FileState {
		judged = toMark(seen);
		return undefined;
	}

	/** A promise where the content must be validated first. */
	function tell(content: FileContent): Promise<void> | undefined {
		const { mark } = options.setting();
		const { sha256, label, contentType } = content;
		const identity = JSON.stringify([sha256, label, contentType, mark]);
		if (identity === good) return undefined;
		const told = options.onContent(content);
		if (told instanceof Promise)
			return told.then(() => {
				good = identity;
			});
		good = identity;
		return undefined;
	}

	function readLabel(seen: Look): string | undefined {
		if (seen.label === undefined) return undefined;
		try {
			const bytes = readSettled(root, `${seen.path}.label`, seen.label);
			return bytes ? parseLabel(bytes.toString("utf8")) : undefined;
		} catch (error) {
			log.error(`${seen.path}.label ${toReason(error)}; no label is sent`);
			return undefined;
		}
	}

	/** Says once what is wrong with a file; the last good content stays. */
	function complain(mark: string, reason: string): FileState {
		const rest = good ? "the last good version is served" : "nothing is served";
		if (judged !== mark) log.error(`${path} ${reason}; ${rest}`);
		judged = mark;
		return undefined;
	}

	/** Whatever is good stays so; the next request waits anew. */
	function restless(seen: Look): FileState {
		log.error(`${seen.path} changes all the time and is not read`);
		return undefined;
	}

	function forget(missing: Missing): FileState {
		if (good) {
			log.event(`${options.subject} removed`);
			options.onRemoved();
		}
		path = undefined;
		judged = undefined;
		good = undefined;
		return missing;
	}

	return { refresh };
}

function see(path: string, options: FileSourceOptions): Look | undefined {
	const file = statFile(path);
	if (!file) return undefined;
	const label = statFile(`${path}.label`);
	return {
		path,
		file: toSignature(file),
		label: label && toSignature(label),
		mark: options.setting().mark,
		restMs: Math.max(
			restOfSettling(file, options.settleMs),
			label ? restOfSettling(label, options.settleMs) : 0,
		),
	};
}

function toMark({ path, file, label, mark }: Look): string {
	return `${path} ${file} ${label} ${mark}`;
}

function toReason(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
