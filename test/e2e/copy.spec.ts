import type { Page } from "playwright/test";
import {
	addProfile,
	button,
	configuration,
	expect,
	status,
	test,
} from "./test.ts";

const BODIES = [
	{
		title: "markup, entities and control characters",
		file: "page.txt",
		content: "<b>&lt;script&gt;</b>\u0001\t &amp; \u200b‮",
	},
	{
		title: "emoji, CRLF line ends and no newline at the end",
		file: "banner.txt",
		content: "Ciao 👋🏽\r\nfamily 👨‍👩‍👧\r\nend",
	},
	{
		title: "64-bit integers, odd numbers and odd spacing",
		file: "limits.json",
		content: '{ "id" : 9007199254740993,\n\t"b":1.0, "c":-0,"c":1e400 }\n\n',
	},
];

for (const { title, file, content } of BODIES)
	test(`popup and panel copy ${title} exactly`, async ({
		emulator,
		extension,
	}) => {
		await extension.context.grantPermissions(["clipboard-read"]);
		await addProfile({ emulator, extension }, file, content);
		const size = Buffer.byteLength(content).toLocaleString("en-US");
		const panel = await extension.openPanel();
		const popup = await extension.openPopup();
		for (const view of [popup, panel]) {
			await expect(configuration(view)).toBeVisible();
			await button(view, "Copy configuration").click();
			await expect(status(view)).toContainText(`Copied ${size} bytes`);
			const copied = await readClipboard(extension.stage);
			expect(Buffer.from(copied)).toEqual(Buffer.from(content));
			await clearClipboard(extension.stage);
		}
	});

async function readClipboard(page: Page): Promise<string> {
	await page.bringToFront();
	return page.evaluate(() => navigator.clipboard.readText());
}

// So that a second copy that did nothing would show.
async function clearClipboard(page: Page): Promise<void> {
	await page.evaluate(() => navigator.clipboard.writeText("-"));
}
