// How the viewer's bench looks into a page: CPU of its main thread, the paint after something, tasks that take long.
import type { Browser, CDPSession, Page } from "playwright";
import type { BenchDocument } from "./viewer-documents.ts";
import type { Served } from "./viewer-pages.ts";

export interface Stage {
	readonly page: Page;
	readonly session: CDPSession;
	close(): Promise<void>;
}

export interface StageOptions {
	readonly served: Served;
	/** A subject's name, and what its address asks for. */
	readonly address: string;
	readonly document: BenchDocument;
}

/** A page of its own for every measurement, with the bytes already in it. */
export async function openStage(
	browser: Browser,
	{ served, address, document }: StageOptions,
): Promise<Stage> {
	const context = await browser.newContext({
		viewport: { width: 1000, height: 700 },
	});
	const page = await context.newPage();
	await page.goto(`${served.origin}/${address}`);
	await page.waitForFunction("window.subject");
	await page.evaluate(async (name) => {
		const response = await fetch(`/${encodeURIComponent(name)}`);
		Object.assign(window, {
			bytes: new Uint8Array(await response.arrayBuffer()),
		});
	}, document.name);
	const session = await context.newCDPSession(page);
	await session.send("Performance.enable", { timeDomain: "threadTicks" });
	return { page, session, close: () => context.close() };
}

/** CPU milliseconds of the main thread that an action costs until the paint after it. */
export async function cpuOf(stage: Stage, action: string): Promise<number> {
	const before = await taskTime(stage);
	await act(stage, action);
	return (await taskTime(stage)) - before;
}

/** Milliseconds that pass from an action to the paint after it. */
export async function act(stage: Stage, action: string): Promise<number> {
	return stage.page.evaluate(`(async () => {
		const start = performance.now();
		await (${action});
		await new Promise((resolve) =>
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = resolve;
				port2.postMessage(undefined);
			}),
		);
		return performance.now() - start;
	})()`);
}

async function taskTime({ session }: Stage): Promise<number> {
	const { metrics } = await session.send("Performance.getMetrics");
	const found = metrics.find(({ name }) => name === "TaskDuration");
	return (found?.value ?? Number.NaN) * 1000;
}

/** Milliseconds of the longest task once the first paint is there, until the page has been quiet for a while. */
export async function longestTask({ page }: Stage): Promise<number> {
	return page.evaluate(async () => {
		let longest = 0;
		const observer = new PerformanceObserver((list) => {
			for (const { duration } of list.getEntries())
				longest = Math.max(longest, duration);
		});
		observer.observe({ type: "longtask" });
		const quiet = performance.now() + 1_500;
		while (performance.now() < quiet)
			await new Promise((resolve) => requestIdleCallback(resolve));
		observer.disconnect();
		return longest;
	});
}

/** Until nothing is left to do. */
export async function settle({ page }: Stage): Promise<void> {
	await page.evaluate(async () => {
		let quiet = 0;
		while (quiet < 20) {
			const { didTimeout } = await new Promise<IdleDeadline>((resolve) =>
				requestIdleCallback(resolve, { timeout: 200 }),
			);
			quiet = didTimeout ? 0 : quiet + 1;
		}
	});
}

export const SHOW = "window.subject.show(window.bytes)";

/** `frames` frames, each scrolled by `by` pixels, or to anywhere. */
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
