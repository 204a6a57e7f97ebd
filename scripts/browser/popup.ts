// Opens the toolbar button's real popup, as a click on it would.
import type { Page } from "playwright";
import { extensionUrl } from "./launch.ts";

const POPUP = extensionUrl("src/popup/index.html");

/** `stage` is any page of the extension; the popup opens in its window. */
export async function openPopup(stage: Page): Promise<Page> {
	await stage.bringToFront();
	const [popup] = await Promise.all([
		stage.context().waitForEvent("page", (page) => page.url() === POPUP),
		stage.evaluate(() => chrome.action.openPopup()),
	]);
	return popup;
}
