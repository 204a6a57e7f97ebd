// What the viewer needs at 2 MB: elements, heap, and long tasks after the first paint.
import { measureInTurns, medianOf } from "../figures.ts";
import {
	act,
	EXPAND_ALL,
	SHOW,
	type Stage,
	scroll,
	settle,
} from "../viewer-probe.ts";
import { onStage, type Part, ROUNDS } from "../viewer-stage.ts";
import { longestTask } from "../viewer-tasks.ts";

const VIEWS = ["tree", "formatted", "raw"];

export const room: Part = async (bench) => {
	const figures = await measureInTurns(
		[
			...VIEWS.map((view) => ({
				name: `longest task, ${view}`,
				measure: () =>
					onStage(
						bench,
						{ address: `ours?view=${view}`, document: "2 MB" },
						async (stage) => {
							await act(stage, SHOW);
							return longestTask(bench.browser, stage, () =>
								useAll(stage, view),
							);
						},
					),
			})),
			...VIEWS.map((view) => ({
				name: view,
				measure: () =>
					onStage(
						bench,
						{ address: `ours?view=${view}`, document: "2 MB" },
						(stage) => sizes(stage, view),
					),
			})),
		],
		ROUNDS,
	);
	const of = (name: string) => medianOf(figures, name);
	return {
		title: "Ours at 2 MB, all expanded",
		figures,
		verdicts: VIEWS.flatMap((view) => [
			...["ms", "CPU ms"].map((unit) => ({
				what: `longest task after first paint, ${unit}: ${view}`,
				ours: of(`longest task, ${view}, ${unit}`),
				limit: 50,
			})),
			{
				what: `DOM elements: ${view}`,
				ours: of(`${view}, DOM elements`),
				limit: 400,
			},
			{
				what: `heap, MB / document, MB: ${view}`,
				ours: of(`${view}, heap, MB`),
				reference: of(`${view}, document, MB`),
				limit: 4,
			},
		]),
	};
};

/** After the first paint: parse the rest, expand everything, scroll through and search. */
async function useAll(stage: Stage, view: string): Promise<void> {
	await settle(stage);
	if (view === "tree") await act(stage, EXPAND_ALL);
	await act(stage, scroll(10, 97));
	await act(stage, scroll(5, "anywhere"));
	await act(stage, "window.subject.openSearch()");
	await act(stage, 'window.subject.search("true")');
	await settle(stage);
}

async function sizes(stage: Stage, view: string) {
	const { page } = stage;
	const before = await heap(stage);
	await act(stage, SHOW);
	await settle(stage);
	if (view === "tree") await act(stage, EXPAND_ALL);
	await settle(stage);
	return {
		"DOM elements": await page.locator("*").count(),
		"heap, MB": ((await heap(stage)) - before) / 1e6,
		"document, MB": (await page.evaluate<number>("window.bytes.length")) / 1e6,
	};
}

/** Heap and array buffers of the page after a garbage collection. */
async function heap({ session }: Stage): Promise<number> {
	await session.send("HeapProfiler.collectGarbage");
	const usage = await session.send("Runtime.getHeapUsage");
	return usage.usedSize + usage.backingStorageSize;
}
