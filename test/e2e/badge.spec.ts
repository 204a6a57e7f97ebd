// The toolbar button's badge: how many profiles have news, or that something is wrong.
import { readBadge } from "../../scripts/browser/badge.ts";
import { command } from "../../scripts/browser/wire.ts";
import { addProfile, configuration, expect, test } from "./test.ts";

test("the badge counts profiles with a version nobody has looked at", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "one.txt", "1");
	await addProfile({ emulator, extension }, "two.txt", "2");
	const badge = () => readBadge(extension.stage);
	await expect.poll(async () => (await badge()).text).toBe("2");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("1");
	await expect.poll(async () => (await badge()).text).toBe("1");
	await popup
		.getByRole("combobox", { name: "Profile" })
		.selectOption({ index: 1 });
	await expect(configuration(popup)).toContainText("2");
	await expect.poll(async () => (await badge()).text).toBe("");
});

test("with no view open a new version still arrives, and shows on the badge", async ({
	emulator,
	extension,
}) => {
	const id = await addProfile({ emulator, extension }, "one.txt", "1");
	const badge = () => readBadge(extension.stage);
	await expect.poll(badge).toMatchObject({ text: "1" });
	await command(extension.stage, "markSeen", { id, number: 1 });
	await expect.poll(badge).toMatchObject({ text: "" });
	await emulator.deploy("shop/test/one.txt", "2");
	await expect.poll(badge).toMatchObject({
		text: "1",
		title: expect.stringContaining("one: new version 2"),
	});
});

test("a fault shows on the badge, and the title says which", async ({
	emulator,
	extension,
}) => {
	await emulator.addFault({ fault: "error" });
	await addProfile({ emulator, extension }, "one.txt", "1");
	await expect
		.poll(() => readBadge(extension.stage))
		.toEqual({
			text: "!",
			title: expect.stringContaining("one: The service had an internal error"),
		});
});
