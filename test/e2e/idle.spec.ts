// The browser is watched from outside, since an attached debugger would keep the worker awake.

import {
	launchRaw,
	type RawBrowser,
} from "../../scripts/browser/cdp-browser.ts";
import { findBrowser } from "../../scripts/browser/find.ts";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import { expect, test } from "./test.ts";

test("the worker stops when no view is open and no poll is due, and wakes for the next view", async ({
	emulator,
}) => {
	await emulator.deploy("shop/test/banner.txt", "hello");
	const browser = await launchRaw(await findBrowser());
	try {
		const stage = await browser.openPage(extensionUrl("manifest.json"));
		await expect
			.poll(() => browser.evaluate(stage, "typeof chrome?.runtime?.connect"))
			.toBe("function");
		// The next poll is five minutes away.
		await browser.evaluate(stage, saveProfile(emulator.url, 300));
		await expect
			.poll(async () => (await emulator.events()).map(({ event }) => event))
			.toContain("version-served");
		await browser.closePage(stage);
		expect(await workers(browser)).toBe(1);
		// Chromium ends a worker after 30 s without an event.
		await expect.poll(() => workers(browser), { timeout: 35_000 }).toBe(0);

		// What the user does elsewhere is none of its business.
		for (let visit = 0; visit < 3; visit++) {
			const page = await browser.openPage(`${emulator.url}/`);
			await expect.poll(() => readyState(browser, page)).toBe("complete");
			await browser.closePage(page);
			expect(await workers(browser)).toBe(0);
		}

		await browser.openPage(extensionUrl("src/popup/index.html"));
		await expect.poll(() => workers(browser)).toBe(1);
	} finally {
		await browser.close();
	}
});

/** A page that has just been opened has no document of its own to ask yet. */
function readyState(browser: RawBrowser, page: string): Promise<unknown> {
	return browser
		.evaluate(page, "document.readyState")
		.catch((error: Error) => error.message);
}

async function workers(browser: RawBrowser): Promise<number> {
	const targets = await browser.targets();
	return targets.filter(({ type }) => type === "service_worker").length;
}

/** The wire's command, as text: this page is spoken to without Playwright. */
function saveProfile(endpoint: string, interval: number): string {
	const profile = {
		name: "banner",
		application: "shop",
		environment: "test",
		configurationProfile: "banner",
		region: "us-east-1",
		endpoint,
		minimumPollIntervalSeconds: interval,
	};
	const command = {
		type: "command",
		call: 1,
		name: "saveProfile",
		input: { profile },
	};
	return `new Promise((resolve) => {
		const port = chrome.runtime.connect({ name: "view" });
		port.onMessage.addListener((message) => {
			if (message.type !== "reply") return;
			port.disconnect();
			resolve(message.value);
		});
		port.postMessage(${JSON.stringify(command)});
	})`;
}
