// Stops the extension's worker, as the browser does with an idle one, and wakes it.
import type { Page } from "playwright";

/** Resolves once the worker has stopped. `stage` is any page of the extension. */
export async function stopWorker(stage: Page): Promise<void> {
	const session = await stage.context().newCDPSession(stage);
	try {
		const stopped = new Promise<void>((resolve) => {
			session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
				if (versions.every(({ runningStatus }) => runningStatus === "stopped"))
					resolve();
			});
		});
		await session.send("ServiceWorker.enable");
		await session.send("ServiceWorker.stopAllWorkers");
		await stopped;
	} finally {
		await session.detach();
	}
}

/** Resolves with the time until a view's first snapshot, in ms. */
export function askWorker(stage: Page): Promise<number> {
	return stage.evaluate(
		() =>
			new Promise<number>((resolve) => {
				const startedAt = performance.now();
				const port = chrome.runtime.connect({ name: "view" });
				port.onMessage.addListener(() => {
					port.disconnect();
					resolve(performance.now() - startedAt);
				});
			}),
	);
}
