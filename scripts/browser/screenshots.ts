// Takes screenshots of the real popup, and of the real panel in DevTools.
import type { Page } from "playwright";
import { openPanel, undock } from "./panel.ts";
import { openPopup } from "./popup.ts";

const PANEL_SIZE = { width: 1240, height: 640 };

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
	await undock(panel, PANEL_SIZE);
	const { devtools, frame } = panel;
	await configuration(frame).waitFor();
	await devtools.screenshot({ path });
	await devtools.close();
}

function configuration(view: Pick<Page, "getByRole">) {
	return view
		.getByRole("region", { name: "Configuration", exact: true })
		.getByText(/\S/)
		.first();
}
