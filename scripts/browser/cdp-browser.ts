// A browser that is driven over its debugging pipe with nothing attached to the worker: an attached debugger would keep it awake.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromRoot } from "../paths.ts";
import { createCdpPipe } from "./cdp-pipe.ts";
import type { BrowserProgram } from "./find.ts";
import { browserArgs } from "./launch.ts";

/** The members that are used. https://chromedevtools.github.io/devtools-protocol/tot/Target/#type-TargetInfo */
export interface TargetInfo {
	readonly targetId: string;
	readonly type: string;
	readonly url: string;
}

/** https://chromedevtools.github.io/devtools-protocol/tot/SystemInfo/#type-ProcessInfo */
interface ProcessInfo {
	readonly type: string;
	/** Seconds. */
	readonly cpuTime: number;
}

export interface RawBrowser {
	/** The current targets: pages, workers. */
	targets(): Promise<readonly TargetInfo[]>;
	openPage(url: string): Promise<string>;
	closePage(targetId: string): Promise<void>;
	/** Runs an expression in a page and resolves with its value. */
	evaluate(targetId: string, expression: string): Promise<unknown>;
	/** CPU time so far of all renderers, of pages and of extensions. */
	rendererSeconds(): Promise<number>;
	close(): Promise<void>;
}

export async function launchRaw(
	program: BrowserProgram,
	extension = fromRoot("dist"),
): Promise<RawBrowser> {
	const folder = await mkdtemp(join(tmpdir(), "appconfig-inspector-"));
	const args = [
		"--headless=new",
		"--remote-debugging-pipe",
		`--user-data-dir=${folder}`,
		...browserArgs(extension),
		"about:blank",
	];
	const child = spawn(program.path, args, {
		stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
	});
	const { send } = createCdpPipe(child);
	return {
		targets: async () => {
			const { targetInfos } = await send("Target.getTargets");
			return targetInfos as readonly TargetInfo[];
		},
		openPage: async (url) => {
			const { targetId } = await send("Target.createTarget", { url });
			return String(targetId);
		},
		closePage: async (targetId) => {
			await send("Target.closeTarget", { targetId });
		},
		evaluate: async (targetId, expression) => {
			const options = { targetId, flatten: true };
			const { sessionId } = await send("Target.attachToTarget", options);
			const { result, exceptionDetails } = await send(
				"Runtime.evaluate",
				{ expression, awaitPromise: true, returnByValue: true },
				String(sessionId),
			);
			if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
			return (result as { value?: unknown }).value;
		},
		rendererSeconds: async () => {
			const { processInfo } = await send("SystemInfo.getProcessInfo");
			return (processInfo as readonly ProcessInfo[])
				.filter(({ type }) => type === "renderer")
				.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
		},
		close: async () => {
			const ended = exit(child);
			await send("Browser.close");
			await ended;
			await rm(folder, { recursive: true, maxRetries: 5 });
		},
	};
}

function exit(child: ChildProcess): Promise<void> {
	return new Promise((resolve) => child.once("exit", () => resolve()));
}
