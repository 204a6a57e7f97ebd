// Opens the real popup, as a click on the toolbar button does.
import type { Page } from "playwright";
import { extensionUrl } from "./launch.ts";

const POPUP = extensionUrl("src/popup/index.html");

/** `stage` is any page of the extension; the popup opens over whichever tab is in front. */
export async function openPopup(stage: Page): Promise<Page> {
	const [popup] = await Promise.all([
		// Another page may open at the same moment.
		stage.context().waitForEvent("page", async (page) => {
			await page.waitForURL(/^(?!about:blank)/);
			return page.url().startsWith(POPUP);
		}),
		stage.evaluate(() => chrome.action.openPopup()),
	]);
	return popup;
}
