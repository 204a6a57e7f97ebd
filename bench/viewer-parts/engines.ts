// A comparison engine in a page of its own: the CPU time of its first run, and of a run once it is compiled.
import { FIRST_VERSION } from "../viewer-documents.ts";
import { act, cpuOf, SHOW, type Stage } from "../viewer-probe.ts";
import { type Bench, onStage } from "../viewer-stage.ts";

export interface Work {
	readonly engine: string;
	readonly version: string;
	/** Fewer runs for an engine that takes seconds. */
	readonly isSlow?: boolean;
}

export interface Runs extends Record<string, number> {
	readonly first: number;
	readonly warm: number;
}

/** Warm runs per measurement. */
const TIMES = 5;

const run = (times: number) => `window.subject.run(${times})`;

export function runEngine(bench: Bench, work: Work): Promise<Runs> {
	const { engine, version, isSlow = false } = work;
	const [warmUps, times] = isSlow ? [0, 1] : [TIMES, TIMES];
	return onStage(
		bench,
		{
			address: `engines?engine=${engine}`,
			document: FIRST_VERSION,
			other: version,
		},
		async (stage) => {
			await act(stage, SHOW);
			const asking = await askingCosts(stage);
			const first = (await cpuOf(stage, run(1))) - asking;
			await act(stage, run(warmUps));
			const warm = ((await cpuOf(stage, run(times))) - asking) / times;
			// A wrong answer must fail.
			await act(stage, "window.subject.answer()");
			return { first, warm };
		},
	);
}

/**
 * CPU of a call and a frame without any work: of the shortest first runs a third, and no engine's. Nor is what reading the
 * documents left to be collected.
 */
async function askingCosts(stage: Stage): Promise<number> {
	await stage.session.send("HeapProfiler.collectGarbage");
	await act(stage, run(0));
	return cpuOf(stage, run(0));
}
