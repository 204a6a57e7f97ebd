// One profile that lives in a file: the last good version, looked at again whenever somebody asks.
import { setTimeout as delay } from "node:timers/promises";
import {
	type Content,
	type Missing,
	type Names,
	type Target,
	toSubject,
	type Version,
} from "./catalogue.ts";
import { parseLabel, toVersion } from "./file-version.ts";
import { splitExtension } from "./listing.ts";
import type { Log } from "./log.ts";
import {
	readSettled,
	restOfSettling,
	type Signature,
	statFile,
	toSignature,
} from "./settled-file.ts";

export interface FileTargetOptions {
	readonly id: number;
	readonly names: Names;
	readonly root: string;
	/** Where the file is now. */
	readonly locate: () => string | Missing;
	readonly settleMs: number;
	/** The same number as long as what was seen on disk need not be looked at again. */
	readonly turn: () => number;
	readonly log: Log;
	readonly onVersion: (target: Target, version: Version) => void;
}

export function createFileTarget(options: FileTargetOptions): Target {
	const { names, root, locate, settleMs, turn, log } = options;
	const subject = toSubject(names);
	let path: string | undefined;
	let judged: Signature | undefined;
	let current: Version | undefined;
	let lastTurn = -1;
	let lastContent: Content = { missing: "Deployment" };
	let settling: Promise<Content> | undefined;

	function read(): Content | Promise<Content> {
		if (settling) return settling;
		const thisTurn = turn();
		if (thisTurn === lastTurn) return lastContent;
		const content = look();
		if (content instanceof Promise) {
			settling = content.finally(() => {
				settling = undefined;
			});
			return settling;
		}
		lastTurn = thisTurn;
		lastContent = content;
		return content;
	}

	function look(): Content | Promise<Content> {
		let stat = path === undefined ? undefined : statFile(path);
		if (!stat || path === undefined) {
			const found = locate();
			if (typeof found !== "string") return forget(found);
			path = found;
			stat = statFile(path);
			if (!stat) return judge("gone", () => reject("cannot be read"));
		}
		const label = statFile(`${path}.label`);
		const signature = `${toSignature(stat)} ${label ? toSignature(label) : ""}`;
		if (signature === judged) return latest();
		const rest = Math.max(
			restOfSettling(stat, settleMs),
			label ? restOfSettling(label, settleMs) : 0,
		);
		const file = path;
		return rest > 0 ? settle(file, signature, rest) : admit(file, signature);
	}

	/** Waits until the file has stayed the same for the settle time, then reads it. */
	async function settle(
		file: string,
		signature: Signature,
		rest: number,
	): Promise<Content> {
		await delay(rest);
		const stat = statFile(file);
		const label = statFile(`${file}.label`);
		if (!stat) return look();
		const now = `${toSignature(stat)} ${label ? toSignature(label) : ""}`;
		return now === signature ? admit(file, signature) : look();
	}

	function admit(
		file: string,
		signature: Signature,
	): Content | Promise<Content> {
		const label = readLabel(file, signature.split(" ")[1] ?? "");
		const own = signature.split(" ")[0] ?? "";
		let bytes: Uint8Array | undefined;
		try {
			bytes = readSettled(root, file, own);
			if (!bytes) return settle(file, "", settleMs);
			accept(toVersion(bytes, splitExtension(file)[1], label));
		} catch (error) {
			return judge(signature, () => reject(toReason(error)));
		}
		judged = signature;
		return latest();
	}

	function readLabel(file: string, signature: Signature): string | undefined {
		if (signature === "") return undefined;
		try {
			const bytes = readSettled(root, `${file}.label`, signature);
			return bytes ? parseLabel(bytes.toString("utf8")) : undefined;
		} catch (error) {
			log.error(`${file}.label ${toReason(error)}; no label is sent`);
			return undefined;
		}
	}

	function accept(version: Version): void {
		if (
			current?.sha256 === version.sha256 &&
			current.label === version.label &&
			current.contentType === version.contentType
		)
			return;
		current = version;
		options.onVersion(target, version);
	}

	/** Says once what is wrong with a file, and goes on with the last good version. */
	function judge(signature: Signature, complain: () => void): Content {
		if (judged !== signature) complain();
		judged = signature;
		return latest();
	}

	function reject(reason: string): void {
		const rest = current
			? "the last good version is served"
			: "nothing is served";
		log.error(`${path ?? subject} ${reason}; ${rest}`);
	}

	function forget(missing: Missing): Missing {
		if (current) log.event(`${subject} removed`);
		path = undefined;
		judged = undefined;
		current = undefined;
		return missing;
	}

	function latest(): Content {
		return current ?? { missing: "Deployment" };
	}

	const target: Target = { ...names, id: options.id, subject, read };
	return target;
}

function toReason(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
