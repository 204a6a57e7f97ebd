// Screenshots of the real popup, and of the real panel in DevTools.
import type { Page } from "playwright";
import { dockAtBottom, openPanel } from "./panel.ts";
import { openPopup } from "./popup.ts";

/** DevTools' row of tabs, which stands above the panel. */
const TABS_HEIGHT = 28;

/** `stage` is a page of the extension. */
export async function takePopup(stage: Page, path: string): Promise<void> {
	const popup = await openPopup(stage);
	await configuration(popup).waitFor();
	await popup.locator("body").screenshot({ path });
	await popup.close();
}

/** `page` is the one under inspection; it shows something over http. */
export async function takePanel(page: Page, path: string): Promise<void> {
	await page.bringToFront();
	const panel = await openPanel(page);
	await dockAtBottom(panel);
	const { devtools, frame } = panel;
	await configuration(frame).waitFor();
	const element = await frame.frameElement();
	await devtools.waitForFunction(
		() => document.documentElement.clientWidth > 1_000,
	);
	const box = await element.boundingBox();
	if (!box) throw new Error("The panel is not on show.");
	const y = box.y - TABS_HEIGHT;
	const height = box.height + TABS_HEIGHT;
	await devtools.screenshot({ path, clip: { ...box, y, height } });
	await devtools.close();
}

function configuration(view: Pick<Page, "getByRole">) {
	return view
		.getByRole("region", { name: "Configuration", exact: true })
		.getByText(/\S/)
		.first();
}
