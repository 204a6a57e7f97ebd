// Watches the file of a configuration: each request checks whether it has changed, and valid content is published.
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type {
	ContentSource,
	MissingResource,
	SourceState,
} from "../registry/catalogue.ts";
import type { Log } from "../shared/log.ts";
import { splitExtension } from "./directory.ts";
import { type FileContent, parseLabel, toFileContent } from "./file-content.ts";
import {
	readStableFile,
	remainingSettleMs,
	statFile,
	toSignature,
} from "./stable-read.ts";

/** What the manifest says about a file. */
export interface FileSettings {
	readonly label?: string;
	/** Changes whenever the file must be published again with other settings. */
	readonly revision: string;
}

export interface FileSourceOptions {
	readonly subject: string;
	readonly root: string;
	/** The current path of the file. */
	readonly locate: () => string | MissingResource;
	readonly settings: () => FileSettings;
	/** How long a file must stay unchanged before it is read. */
	readonly settleMs: number;
	/** See `StatCache`. */
	readonly generation: () => number;
	readonly log: Log;
	/** Throws, or rejects with, an Error whose message says why the content cannot be a version. */
	readonly onContent: (content: FileContent) => void | Promise<void>;
	readonly onRemoved: () => void;
}

/** State of the file, its label file and its settings at one time. */
interface Observation {
	readonly path: string;
	/** Signatures; see stable-read.ts. */
	readonly file: string;
	readonly label: string | undefined;
	readonly settings: string;
	readonly remainingSettleMs: number;
}

/** How many settle times a request waits for a file that keeps changing: two seconds by default. */
const MAX_SETTLE_WAITS = 20;

export function createFileSource(options: FileSourceOptions): ContentSource {
	const { root, settleMs, generation, log } = options;
	let path: string | undefined;
	let checkedRevision: string | undefined;
	let servedIdentity: string | undefined;
	let lastGeneration = -1;
	let lastState: SourceState;
	let settling: Promise<SourceState> | undefined;
	let waitingSince = 0;

	function refresh(): SourceState | Promise<SourceState> {
		if (settling) return settling;
		const currentGeneration = generation();
		if (currentGeneration === lastGeneration) return lastState;
		const state = check();
		if (state instanceof Promise) {
			waitingSince = performance.now();
			settling = state.finally(() => {
				settling = undefined;
			});
			return settling;
		}
		lastGeneration = currentGeneration;
		lastState = state;
		return state;
	}

	function check(): SourceState | Promise<SourceState> {
		let seen = path === undefined ? undefined : observe(path, options);
		if (!seen) {
			const found = options.locate();
			if (typeof found !== "string") return handleMissing(found);
			path = found;
			seen = observe(path, options);
			// A symbolic link to nothing is listed in its directory.
			if (!seen) return reportProblem(`${found} gone`, "cannot be read");
		}
		if (toRevision(seen) === checkedRevision) return undefined;
		return seen.remainingSettleMs > 0
			? settle(seen, seen.remainingSettleMs)
			: readAndPublish(seen);
	}

	/** Waits until the file has stayed unchanged for the settle time, then reads it. */
	async function settle(
		seen: Observation,
		waitMs: number,
	): Promise<SourceState> {
		await delay(waitMs);
		const again = observe(seen.path, options);
		if (again && toRevision(again) === toRevision(seen))
			return readAndPublish(again);
		const mayWait =
			performance.now() - waitingSince < settleMs * MAX_SETTLE_WAITS;
		return mayWait ? check() : reportUnstable(seen);
	}

	function readAndPublish(
		seen: Observation,
	): SourceState | Promise<SourceState> {
		try {
			const bytes = readStableFile(root, seen.path, seen.file);
			if (!bytes) return settle(seen, settleMs);
			const [, extension] = splitExtension(basename(seen.path));
			const label = options.settings().label ?? readLabel(seen);
			const published = publish(toFileContent(bytes, extension, label));
			if (published)
				return published.then(
					() => accept(seen),
					(error) => reportProblem(toRevision(seen), toReason(error)),
				);
		} catch (error) {
			return reportProblem(toRevision(seen), toReason(error));
		}
		return accept(seen);
	}

	function accept(seen: Observation): SourceState {
		checkedRevision = toRevision(seen);
		return undefined;
	}

	/** Returns a promise if the content must be validated first. */
	function publish(content: FileContent): Promise<void> | undefined {
		const { revision } = options.settings();
		const { sha256, label, contentType } = content;
		const identity = JSON.stringify([sha256, label, contentType, revision]);
		if (identity === servedIdentity) return undefined;
		const published = options.onContent(content);
		if (published instanceof Promise)
			return published.then(() => {
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

	/** Logs a problem once for each state of the file. The last valid content stays deployed. */
	function reportProblem(revision: string, reason: string): SourceState {
		const rest = servedIdentity
			? "the last good version is served"
			: "nothing is served";
		if (checkedRevision !== revision) log.error(`${path} ${reason}; ${rest}`);
		checkedRevision = revision;
		return undefined;
	}

	/** The last valid content stays deployed. The next request waits again. */
	function reportUnstable(seen: Observation): SourceState {
		log.error(`${seen.path} keeps changing and was not read`);
		return undefined;
	}

	function handleMissing(missing: MissingResource): SourceState {
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
		settings: options.settings().revision,
		remainingSettleMs: Math.max(
			remainingSettleMs(file, options.settleMs),
			label ? remainingSettleMs(label, options.settleMs) : 0,
		),
	};
}

function toRevision({ path, file, label, settings }: Observation): string {
	return `${path} ${file} ${label} ${settings}`;
}

function toReason(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
