// Runs checks whose time depends on the checked document: JSON Schemas, and regular expressions that backtrack. They run in
// a worker, one after the other and each with a deadline, while the server answers other requests.
import { Worker } from "node:worker_threads";
import type { Violation } from "../../flags/authored.ts";
import type { ValidationTask } from "./validation-worker.js";

export interface Validation {
	/** A task that cannot be carried out gives one violation without a location. */
	run(task: ValidationTask): Promise<readonly Violation[]>;
	close(): Promise<void>;
}

const VALIDATION_TIMEOUT_MS = 5_000;
const MAX_HEAP_MB = 512;

const SCRIPT = new URL("./validation-worker.js", import.meta.url);

export function createValidation(
	deadlineMs = VALIDATION_TIMEOUT_MS,
): Validation {
	let worker: Promise<ValidationWorker> | undefined;
	let previous: Promise<unknown> = Promise.resolve();
	let closed = false;

	async function run(task: ValidationTask): Promise<readonly Violation[]> {
		if (closed)
			return [{ reason: "cannot be checked: the emulator is shutting down" }];
		worker ??= startWorker();
		const current = await worker;
		const outcome = await current.run(task, deadlineMs);
		if (typeof outcome !== "string") return outcome;
		worker = undefined;
		await current.terminate();
		return [{ reason: outcome }];
	}

	return {
		run(task) {
			const outcome = previous.then(() => run(task));
			previous = outcome.catch(() => undefined);
			return outcome;
		},
		async close() {
			closed = true;
			await (await worker)?.terminate();
		},
	};
}

/** A worker that does one task at a time. */
interface ValidationWorker {
	/** The violations, or why the task failed; after a failure the worker must be terminated. */
	run(
		task: ValidationTask,
		deadlineMs: number,
	): Promise<readonly Violation[] | string>;
	terminate(): Promise<unknown>;
}

/** The start of the worker is not counted towards the deadline of the first task. */
async function startWorker(): Promise<ValidationWorker> {
	const worker = new Worker(SCRIPT, {
		resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
	});
	let settle: (outcome: readonly Violation[] | string) => void = () =>
		undefined;
	await new Promise((resolve, reject) => {
		worker.once("message", resolve);
		worker.once("error", reject);
	});
	worker.on("message", (violations: readonly Violation[]) =>
		settle(violations),
	);
	worker.on("error", (error: NodeJS.ErrnoException) =>
		settle(
			error.code === "ERR_WORKER_OUT_OF_MEMORY"
				? "takes too much memory to check"
				: `cannot be checked: ${error.message}`,
		),
	);
	worker.on("exit", () => settle("cannot be checked: its worker has ended"));
	// The timer of a running task keeps the process alive. An idle worker must not.
	worker.unref();
	return {
		run: (task, deadlineMs) =>
			new Promise((resolve) => {
				const timer = setTimeout(
					() =>
						settle(`takes longer than ${deadlineMs / 1000} seconds to check`),
					deadlineMs,
				);
				settle = (outcome) => {
					clearTimeout(timer);
					resolve(outcome);
				};
				worker.postMessage(task);
			}),
		terminate: () => worker.terminate(),
	};
}
