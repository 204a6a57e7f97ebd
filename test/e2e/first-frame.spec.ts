import { extensionUrl } from "../../scripts/browser/launch.ts";
import { addProfile, button, configuration, expect, test } from "./test.ts";

const POPUP = extensionUrl("src/popup/index.html");

declare global {
	interface Window {
		first?: { readonly main: HTMLElement; readonly text: string };
	}
}

test("a popup starts with the last frame, without configuration bytes, and its components hydrate it", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "banner.txt", "hello");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("hello");
	const frame = () =>
		popup.evaluate(() => localStorage.getItem("popup.frame.2"));
	await expect.poll(frame).toContain("text/plain");
	expect(await frame()).not.toContain("hello");
	await popup.close();

	const page = await extension.context.newPage();
	await page.addInitScript(() => {
		new MutationObserver((_, observer) => {
			const main = document.querySelector<HTMLElement>("main[inert]");
			if (!main) return;
			observer.disconnect();
			window.first = { main, text: main.textContent };
		}).observe(document, { childList: true, subtree: true });
	});
	await page.goto(POPUP);
	await expect(configuration(page)).toContainText("hello");
	// The style that stands in the page is let in.
	await expect(page.locator("main")).toHaveCSS("display", "grid");
	await button(page, "Pause").click();
	await expect(button(page, "Resume")).toBeVisible();
	const first = await page.evaluate(() => ({
		text: window.first?.text,
		isTakenOver: window.first?.main === document.querySelector("main"),
		isInert: window.first?.main.inert,
		hash: document.querySelector(".facts .hash")?.textContent,
	}));
	expect(first).toMatchObject({ isTakenOver: true, isInert: false });
	for (const known of ["banner", "text/plain", "5 B", first.hash ?? "?"])
		expect(first.text).toContain(known);
});

for (const damage of ["[1,", '["main"]', '["main",{"a b":"c"},[]]', "5"])
	test(`a stored frame that is ${damage} is ignored`, async ({
		emulator,
		extension,
	}) => {
		await addProfile({ emulator, extension }, "banner.txt", "hello");
		const page = await extension.context.newPage();
		const errors: Error[] = [];
		page.on("pageerror", (error) => errors.push(error));
		await extension.stage.evaluate(
			(text) => localStorage.setItem("popup.frame.2", text),
			damage,
		);
		await page.goto(POPUP);
		await expect(configuration(page)).toContainText("hello");
		expect(errors).toEqual([]);
	});
