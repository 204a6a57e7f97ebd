// Opens the real panel in the real DevTools of a page.
import type { BrowserContext, Frame, Page } from "playwright";
import { EXTENSION_ID } from "./extension-id.ts";
import { extensionUrl } from "./launch.ts";

export interface Panel {
	readonly devtools: Page;
	readonly frame: Frame;
}

const TITLE = "AppConfig";
const URL_OF_PANEL = extensionUrl("src/devtools/panel.html");

/** `page` must be served over http: Chrome has no extension panels for its own pages. */
export async function openPanel(page: Page): Promise<Panel> {
	const context = page.context();
	const devtools = await openDevTools(context, page);
	await devtools.waitForLoadState();
	await devtools.evaluate(
		showPanel,
		`chrome-extension://${EXTENSION_ID}${TITLE}`,
	);
	return { devtools, frame: await panelFrame(devtools) };
}

async function openDevTools(
	context: BrowserContext,
	page: Page,
): Promise<Page> {
	const browser = context.browser();
	if (!browser) throw new Error("The browser is closed.");
	const session = await context.newCDPSession(page);
	const { targetInfo } = await session.send("Target.getTargetInfo");
	const browserSession = await browser.newBrowserCDPSession();
	const [devtools] = await Promise.all([
		context.waitForEvent("page"),
		browserSession.send("Target.openDevTools", {
			targetId: targetInfo.targetId,
		}),
	]);
	await Promise.all([session.detach(), browserSession.detach()]);
	return devtools;
}

// This function runs inside DevTools. Only DevTools' own modules can select a tab in the overflow menu; they throw until DevTools has started.
async function showPanel(view: string): Promise<void> {
	const { ViewManager } = await import(
		"devtools://devtools/bundled/ui/legacy/legacy.js"
	);
	for (;;) {
		try {
			const manager = ViewManager.ViewManager.instance();
			if (manager.hasView(view)) return await manager.showView(view);
		} catch (error) {
			console.debug("DevTools is not up yet", error);
		}
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

async function panelFrame(devtools: Page): Promise<Frame> {
	const find = () =>
		devtools.frames().find((frame) => frame.url() === URL_OF_PANEL);
	const there = find();
	if (there) return there;
	return new Promise((resolve) => {
		const look = () => {
			const frame = find();
			if (!frame) return;
			devtools.off("framenavigated", look);
			resolve(frame);
		};
		devtools.on("framenavigated", look);
		look();
	});
}

/** Gives DevTools a window of its own, of that size. */
export async function undock(
	{ devtools }: Panel,
	size: { readonly width: number; readonly height: number },
): Promise<void> {
	await devtools.evaluate(async () => {
		const { DockController } = await import(
			"devtools://devtools/bundled/ui/legacy/legacy.js"
		);
		DockController.DockController.instance().setDockSide("undocked");
	});
	const session = await devtools.context().newCDPSession(devtools);
	const { windowId } = await session.send("Browser.getWindowForTarget");
	await session.send("Browser.setWindowBounds", { windowId, bounds: size });
	await session.detach();
	await devtools.waitForFunction(({ width }) => innerWidth === width, size);
}
