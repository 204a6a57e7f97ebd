// Measures in a page: CPU of its main thread, time to the next paint, long tasks.
import type { Browser, CDPSession, Page } from "playwright";
import type { BenchDocument } from "./viewer-documents.ts";
import type { Served } from "./viewer-pages.ts";

export interface Stage {
	readonly page: Page;
	readonly session: CDPSession;
	/** Errors thrown by the page's scripts so far. */
	readonly thrown: readonly Error[];
	close(): Promise<void>;
}

export interface StageOptions {
	readonly served: Served;
	/** A subject's name and the query of its address. */
	readonly address: string;
	readonly document: BenchDocument;
	readonly other?: BenchDocument;
}

/** Opens a new page for each measurement, with the bytes loaded and at rest, so that loading is not measured. */
export async function openStage(
	browser: Browser,
	{ served, address, document, other }: StageOptions,
): Promise<Stage> {
	const context = await browser.newContext({
		viewport: { width: 1000, height: 700 },
	});
	const page = await context.newPage();
	const thrown: Error[] = [];
	page.on("pageerror", (error) => thrown.push(error));
	await page.goto(`${served.origin}/${address}`);
	await page.waitForFunction("window.subject");
	await hand(page, "bytes", document);
	if (other) await hand(page, "other", other);
	const session = await context.newCDPSession(page);
	await session.send("Performance.enable", { timeDomain: "threadTicks" });
	const stage = { page, session, thrown, close: () => context.close() };
	await settle(stage);
	return stage;
}

async function hand(
	page: Page,
	as: "bytes" | "other",
	document: BenchDocument,
): Promise<void> {
	await page.evaluate(
		async ([name, variable]) => {
			const response = await fetch(`/${encodeURIComponent(name)}`);
			const bytes = new Uint8Array(await response.arrayBuffer());
			Object.assign(window, { [variable]: bytes });
		},
		[document.name, as] as const,
	);
}

/** CPU milliseconds of the main thread from an action until shortly after the next paint. */
export async function cpuOf(stage: Stage, action: string): Promise<number> {
	const before = await taskTime(stage);
	await act(stage, action);
	return (await taskTime(stage)) - before;
}

/** Milliseconds from an action to the next paint. */
export async function act(stage: Stage, action: string): Promise<number> {
	return stage.page.evaluate(`(async () => {
		const start = performance.now();
		performance.mark("act, from");
		await (${action});
		await new Promise((resolve) =>
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = resolve;
				port2.postMessage(undefined);
			}),
		);
		performance.mark("act, to");
		return performance.now() - start;
	})()`);
}

/** CPU milliseconds of the main thread so far. */
export async function taskTime({ session }: Stage): Promise<number> {
	const { metrics } = await session.send("Performance.getMetrics");
	const found = metrics.find(({ name }) => name === "TaskDuration");
	return (found?.value ?? Number.NaN) * 1000;
}

/** Resolves when the page is idle; throws when it is busy for a minute. */
export async function settle({ page }: Stage): Promise<void> {
	await page.evaluate(async () => {
		let quiet = 0;
		for (let looks = 0; quiet < 10; looks += 1) {
			if (looks === 300) throw new Error("The page does not come to rest.");
			const { didTimeout } = await new Promise<IdleDeadline>((resolve) =>
				requestIdleCallback(resolve, { timeout: 200 }),
			);
			quiet = didTimeout ? 0 : quiet + 1;
		}
	});
}

export const SHOW = "window.subject.show(window.bytes)";
export const EXPAND_ALL = "window.subject.expandAll?.()";

/** Scrolls for `frames` frames, each by `by` pixels or to a random position. */
export function scroll(frames: number, by: number | "anywhere"): string {
	const next =
		by === "anywhere"
			? "(frame * 0.6180339887 % 1) * (element.scrollHeight - element.clientHeight)"
			: `element.scrollTop + ${by}`;
	return `(async () => {
		const element = window.subject.scroller();
		for (let frame = 1; frame <= ${frames}; frame++) {
			element.scrollTop = ${next};
			await new Promise((resolve) => requestAnimationFrame(resolve));
		}
	})()`;
}
