// Screenshots of the real popup and of the real panel.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright";
import { openPanel } from "./panel.ts";
import { openPopup } from "./popup.ts";

export interface Portraits {
	readonly popup: string;
	readonly panel: string;
}

/** `page` shows something over http and `stage` is a page of the extension. */
export async function takePortraits(
	page: Page,
	stage: Page,
	folder: string,
): Promise<Portraits> {
	await mkdir(folder, { recursive: true });
	const paths = {
		popup: join(folder, "popup.png"),
		panel: join(folder, "panel.png"),
	};
	const popup = await openPopup(stage);
	await popup.getByRole("region", { name: "Configuration" }).waitFor();
	await popup.screenshot({ path: paths.popup });
	await popup.close();
	await page.bringToFront();
	const { devtools, frame } = await openPanel(page);
	await frame.getByRole("region", { name: "Configuration" }).waitFor();
	await devtools.screenshot({ path: paths.panel });
	await devtools.close();
	return paths;
}
