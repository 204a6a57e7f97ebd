import { complaints } from "./axe.ts";
import { addProfile, expect, test } from "./test.ts";

test("a colour and a label chosen for an environment are seen in the popup and survive a reload", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", "{}");
	const options = await extension.openOptions();
	await options.getByRole("link", { name: "Settings", exact: true }).click();
	await options.getByLabel("Colour of test").selectOption("Magenta");
	await expect(options.getByRole("status")).toContainText("Saved");
	await options.getByLabel("Label of test").fill("Live shop");
	await options.getByLabel("Label of test").press("Tab");
	await expect(options.getByText("Live shop")).toHaveCount(2);
	expect(await complaints(options)).toEqual([]);
	await options.reload();
	await expect(options.getByLabel("Colour of test")).toHaveValue("production");
	await expect(options.getByLabel("Label of test")).toHaveValue("Live shop");
	const popup = await extension.openPopup();
	await expect(popup.getByText("Live shop").first()).toHaveAttribute(
		"data-environment",
		"production",
	);
});
