import type { Page } from "playwright/test";
import { readBadge } from "../../scripts/browser/badge.ts";
import { addProfile, configuration, expect, status, test } from "./test.ts";

test("the badge counts profiles with unseen changes; a first version does not count", async ({
	emulator,
	extension,
}) => {
	const ids = [
		await addProfile({ emulator, extension }, "one.txt", "1"),
		await addProfile({ emulator, extension }, "two.txt", "2"),
	];
	const badge = () => readBadge(extension.stage);
	for (const id of ids)
		await expect
			.poll(() => newestOf(extension.stage, id), { message: id })
			.toBe(1);
	expect(await badge()).toEqual({ text: "", title: "AppConfig Inspector" });
	await emulator.deploy("shop/test/one.txt", "one again");
	await emulator.deploy("shop/test/two.txt", "two again");
	await expect.poll(async () => (await badge()).text).toBe("2");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("one again");
	await expect.poll(async () => (await badge()).text).toBe("1");
	await popup
		.getByRole("combobox", { name: "Profile" })
		.selectOption({ index: 1 });
	await expect(configuration(popup)).toContainText("two again");
	await expect.poll(async () => (await badge()).text).toBe("");
});

test("with no view open a change arrives and shows on the badge", async ({
	emulator,
	extension,
}) => {
	const id = await addProfile({ emulator, extension }, "one.txt", "1");
	const badge = () => readBadge(extension.stage);
	await expect.poll(() => newestOf(extension.stage, id)).toBe(1);
	await emulator.deploy("shop/test/one.txt", "2");
	await expect.poll(badge).toMatchObject({
		text: "1",
		title: expect.stringContaining("one: new version 2"),
	});
});

test("a fault adds no number to the badge; the title names it and drops it afterwards", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "one.txt", "1");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("1");
	await emulator.addFault({ fault: "error" });
	await popup.getByRole("button", { name: "Poll now" }).click();
	await expect(popup.getByRole("alert")).toContainText("internal error");
	await expect(status(popup).filter({ hasText: "Polling now" })).toHaveCount(0);
	await expect
		.poll(() => readBadge(extension.stage))
		.toEqual({
			text: "",
			title: expect.stringContaining("one: The service had an internal error"),
		});
});

test("a status message of a deleted profile disappears", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "one.txt", "1");
	await addProfile({ emulator, extension }, "two.txt", "2");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("1");
	await popup.getByRole("button", { name: "Pause" }).click();
	await expect(
		status(popup).filter({ hasText: "one is paused" }),
	).toBeVisible();
	await popup
		.getByRole("combobox", { name: "Profile" })
		.selectOption({ index: 1 });
	await expect(configuration(popup)).toContainText("2");
	await expect(status(popup).filter({ hasText: "one is paused" })).toHaveCount(
		0,
	);
});

/** The number of the newest version stored. */
function newestOf(stage: Page, id: string): Promise<number> {
	return stage.evaluate(async (key) => {
		const { [key]: part } = await chrome.storage.local.get(key);
		const { profile } = JSON.parse(
			String(part ?? '{"profile":{"versions":[]}}'),
		);
		return profile.versions[0]?.number ?? 0;
	}, `snapshot:${id}`);
}
