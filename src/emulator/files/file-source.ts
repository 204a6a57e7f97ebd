// One profile that lives in a file: looked at whenever somebody asks, and told of when it has another good content.
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { MissingResource } from "../registry/catalogue.ts";
import type { Log } from "../shared/log.ts";
import { type FileContent, parseLabel, toFileContent } from "./file-content.ts";
import { splitExtension } from "./listing.ts";
import {
	readStableFile,
	remainingSettleMs,
	statFile,
	toSignature,
} from "./stable-read.ts";

export interface FileSourceOptions {
	readonly subject: string;
	readonly root: string;
	/** Where the file is now. */
	readonly locate: () => string | MissingResource;
	/** Stands beside the files and says more about this one; another text whenever that changes. */
	readonly setting: () => { readonly label?: string; readonly mark: string };
	readonly settleMs: number;
	/** The same number as long as what was seen on disk need not be looked at again. */
	readonly generation: () => number;
	readonly log: Log;
	/** Throws, or rejects with, an Error whose message says why this content cannot be a version. */
	readonly onContent: (content: FileContent) => void | Promise<void>;
	readonly onRemoved: () => void;
}

/** Undefined: there is a file, and its last good content has been told. */
export type FileState = MissingResource | undefined;

export interface FileSource {
	refresh(): FileState | Promise<FileState>;
}

/** What was seen at one look: the file, its label and its settings. */
interface Observation {
	readonly path: string;
	readonly file: string;
	readonly label: string | undefined;
	readonly mark: string;
	readonly restMs: number;
}

/** How many settle times a request waits for: two seconds by default. */
const MAX_SETTLE_WAITS = 20;

export function createFileSource(options: FileSourceOptions): FileSource {
	const { root, settleMs, generation, log } = options;
	let path: string | undefined;
	let checkedRevision: string | undefined;
	let servedIdentity: string | undefined;
	let lastGeneration = -1;
	let lastState: FileState;
	let settling: Promise<FileState> | undefined;
	let waitingSince = 0;

	function refresh(): FileState | Promise<FileState> {
		if (settling) return settling;
		const thisTurn = generation();
		if (thisTurn === lastGeneration) return lastState;
		const state = check();
		if (state instanceof Promise) {
			waitingSince = performance.now();
			settling = state.finally(() => {
				settling = undefined;
			});
			return settling;
		}
		lastGeneration = thisTurn;
		lastState = state;
		return state;
	}

	function check(): FileState | Promise<FileState> {
		let seen = path === undefined ? undefined : observe(path, options);
		if (!seen) {
			const found = options.locate();
			if (typeof found !== "string") return handleMissing(found);
			path = found;
			seen = observe(path, options);
			// A link to nowhere has a name in its directory and no file behind it.
			if (!seen) return reportProblem(`${found} gone`, "cannot be read");
		}
		if (toRevision(seen) === checkedRevision) return undefined;
		return seen.restMs > 0 ? settle(seen, seen.restMs) : readAndPublish(seen);
	}

	/** Waits until the file has stayed the same for the settle time, then reads it; not for ever, if its writer never rests. */
	async function settle(seen: Observation, restMs: number): Promise<FileState> {
		await delay(restMs);
		const again = observe(seen.path, options);
		if (again && toRevision(again) === toRevision(seen))
			return readAndPublish(again);
		const patient =
			performance.now() - waitingSince < settleMs * MAX_SETTLE_WAITS;
		return patient ? check() : reportUnstable(seen);
	}

	function readAndPublish(seen: Observation): FileState | Promise<FileState> {
		try {
			const bytes = readStableFile(root, seen.path, seen.file);
			if (!bytes) return settle(seen, settleMs);
			const [, extension] = splitExtension(basename(seen.path));
			const label = options.setting().label ?? readLabel(seen);
			const told = publish(toFileContent(bytes, extension, label));
			if (told)
				return told.then(
					() => accept(seen),
					(error) => reportProblem(toRevision(seen), toReason(error)),
				);
		} catch (error) {
			return reportProblem(toRevision(seen), toReason(error));
		}
		return accept(seen);
	}

	function accept(seen: Observation): FileState {
		checkedRevision = toRevision(seen);
		return undefined;
	}

	/** A promise where the content must be validated first. */
	function publish(content: FileContent): Promise<void> | undefined {
		const { mark } = options.setting();
		const { sha256, label, contentType } = content;
		const identity = JSON.stringify([sha256, label, contentType, mark]);
		if (identity === servedIdentity) return undefined;
		const told = options.onContent(content);
		if (told instanceof Promise)
			return told.then(() => {
				servedIdentity = identity;
			});
		servedIdentity = identity;
		return undefined;
	}

	function readLabel(seen: Observation): string | undefined {
		if (seen.label === undefined) return undefined;
		try {
			const bytes = readStableFile(root, `${seen.path}.label`, seen.label);
			return bytes ? parseLabel(bytes.toString("utf8")) : undefined;
		} catch (error) {
			log.error(`${seen.path}.label ${toReason(error)}; no label is sent`);
			return undefined;
		}
	}

	/** Says once what is wrong with a file; the last good content stays. */
	function reportProblem(mark: string, reason: string): FileState {
		const rest = servedIdentity
			? "the last good version is served"
			: "nothing is served";
		if (checkedRevision !== mark) log.error(`${path} ${reason}; ${rest}`);
		checkedRevision = mark;
		return undefined;
	}

	/** Whatever is good stays so; the next request waits anew. */
	function reportUnstable(seen: Observation): FileState {
		log.error(`${seen.path} changes all the time and is not read`);
		return undefined;
	}

	function handleMissing(missing: MissingResource): FileState {
		if (servedIdentity) {
			log.event(`${options.subject} removed`);
			options.onRemoved();
		}
		path = undefined;
		checkedRevision = undefined;
		servedIdentity = undefined;
		return missing;
	}

	return { refresh };
}

function observe(
	path: string,
	options: FileSourceOptions,
): Observation | undefined {
	const file = statFile(path);
	if (!file) return undefined;
	const label = statFile(`${path}.label`);
	return {
		path,
		file: toSignature(file),
		label: label && toSignature(label),
		mark: options.setting().mark,
		restMs: Math.max(
			remainingSettleMs(file, options.settleMs),
			label ? remainingSettleMs(label, options.settleMs) : 0,
		),
	};
}

function toRevision({ path, file, label, mark }: Observation): string {
	return `${path} ${file} ${label} ${mark}`;
}

function toReason(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
