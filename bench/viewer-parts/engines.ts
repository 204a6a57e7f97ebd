// An engine at work in a page of its own: the CPU of its first run, and of a run once it has been compiled.
import { FIRST_VERSION } from "../viewer-documents.ts";
import { act, cpuOf, SHOW } from "../viewer-probe.ts";
import { type Bench, onStage } from "../viewer-stage.ts";

export interface Work {
	readonly engine: string;
	readonly version: string;
	/** Of the engine that takes seconds, fewer runs are enough. */
	readonly isSlow?: boolean;
}

export interface Runs extends Record<string, number> {
	readonly first: number;
	readonly warm: number;
}

/** What is counted in one go, so that what it costs to ask does not count. */
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
			const first = await cpuOf(stage, run(1));
			await act(stage, run(warmUps));
			const warm = (await cpuOf(stage, run(times))) / times;
			// A wrong answer is no answer.
			await act(stage, "window.subject.answer()");
			return { first, warm };
		},
	);
}
