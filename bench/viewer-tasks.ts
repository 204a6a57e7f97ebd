// Reads from the browser's trace what the threads of a page did.
import type { Browser } from "playwright";
import { act, type Stage } from "./viewer-probe.ts";

interface TraceEvent {
	readonly name: string;
	readonly pid: number;
	readonly tid: number;
	readonly args: { readonly name?: string };
	/** Microseconds: start, duration, CPU time of the thread. */
	readonly ts: number;
	readonly dur?: number;
	readonly tdur?: number;
}

/** As few categories as possible: tracing slows a busy page. */
const CATEGORIES = ["toplevel", "blink.user_timing"];
const TASK = "ThreadControllerImpl::RunTask";

async function trace(
	browser: Browser,
	{ page }: Stage,
	work: () => Promise<unknown>,
): Promise<readonly TraceEvent[]> {
	await browser.startTracing(page, { categories: CATEGORIES });
	await work();
	const text = (await browser.stopTracing()).toString();
	const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(text);
	return traceEvents;
}

export interface LongestTask extends Record<string, number> {
	readonly ms: number;
	readonly "CPU ms": number;
}

/** Tasks of the main thread. */
export async function longestTask(
	browser: Browser,
	stage: Stage,
	work: () => Promise<unknown>,
): Promise<LongestTask> {
	const events = await trace(browser, stage, work);
	const mains = threadsNamed(events, "CrRendererMain");
	const tasks = events.filter(
		(event) => event.name === TASK && mains.has(threadOf(event)),
	);
	const longest = (durations: readonly (number | undefined)[]) =>
		durations.reduce<number>((most, each) => Math.max(most, each ?? 0), 0);
	return {
		ms: longest(tasks.map(({ dur }) => dur)) / 1000,
		"CPU ms": longest(tasks.map(({ tdur }) => tdur)) / 1000,
	};
}

export interface Cost extends Record<string, number> {
	/** From the action to the next paint. */
	readonly ms: number;
	/** CPU time of the main thread meanwhile. */
	readonly "CPU ms": number;
	readonly "CPU ms with workers": number;
}

/** The cost of an action until the next paint; later work of the page does not count. */
export async function costOf(
	browser: Browser,
	stage: Stage,
	action: string,
): Promise<Cost> {
	let ms = 0;
	const events = await trace(browser, stage, async () => {
		ms = await act(stage, action);
	});
	const from = events.find(({ name }) => name === "act, from");
	const to = events.find(({ name }) => name === "act, to");
	if (!from || !to) throw new Error("The trace does not have the action.");
	const main = threadOf(from);
	const workers = threadsNamed(events, "DedicatedWorker thread");
	const cpuOf = (isCounted: (thread: string) => boolean) =>
		events
			.filter(
				(event) =>
					event.name === TASK &&
					isCounted(threadOf(event)) &&
					event.ts + (event.dur ?? 0) > from.ts &&
					event.ts + (event.dur ?? 0) < to.ts,
			)
			.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0);
	return {
		ms,
		"CPU ms": cpuOf((thread) => thread === main),
		"CPU ms with workers": cpuOf(
			(thread) => thread === main || workers.has(thread),
		),
	};
}

function threadsNamed(
	events: readonly TraceEvent[],
	name: string,
): ReadonlySet<string> {
	const named = events.filter(({ args }) => args.name === name);
	return new Set(named.map(threadOf));
}

function threadOf({ pid, tid }: TraceEvent): string {
	return `${pid} ${tid}`;
}
