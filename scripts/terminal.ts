// What `npm start` prints on a machine without a display: the live view, and where the screenshots are.
import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Page } from "playwright";
import { takePanel, takePopup } from "./browser/screenshots.ts";
import { watch } from "./browser/wire.ts";
import { createLiveView } from "./live-view.ts";
import { fromRoot } from "./paths.ts";
import type { Lifetime } from "./shutdown.ts";

export interface TerminalOptions {
	readonly page: Page;
	readonly stage: Page;
	readonly lifetime: Lifetime;
}

const FOLDER = fromRoot(".cache/start");

export async function showInTerminal(options: TerminalOptions): Promise<void> {
	const { page, stage, lifetime } = options;
	console.log(
		"There is no display, so the browser runs headless and its live view is shown here.\n",
	);
	const takeAnew = oneAtATime(async () => {
		await mkdir(FOLDER, { recursive: true });
		const popup = join(FOLDER, "popup.png");
		const panel = join(FOLDER, "panel.png");
		await takePopup(stage, popup);
		await takePanel(page, panel);
		const paths = [popup, panel].map((path) => relative(fromRoot(), path));
		lifetime.say(`Screenshots ${paths.join(" and ")}`);
	});
	const view = createLiveView({
		write: (text) => process.stdout.write(text),
		isTerminal: process.stdout.isTTY === true,
		now: Date.now,
		onNewVersion: () => void takeAnew().catch(lifetime.fail),
	});
	lifetime.sayThrough(view.say);
	await watch(stage, view.show);
	const timer = setInterval(view.tick, 1_000);
	lifetime.onEnd(() => clearInterval(timer));
}

/** A call while it works makes it run once more afterwards. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
	let running: Promise<void> | undefined;
	let isWanted = false;
	async function loop(): Promise<void> {
		while (isWanted) {
			isWanted = false;
			await work();
		}
	}
	return () => {
		isWanted = true;
		running ??= loop().finally(() => {
			running = undefined;
		});
		return running;
	};
}
