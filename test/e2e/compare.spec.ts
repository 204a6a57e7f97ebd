// Comparing: versions of one profile, and what two profiles have live.
import { addProfile, button, configuration, expect, test } from "./test.ts";

const OLD = '{"checkout":{"timeoutSeconds":30,"retries":3},"name":"shop"}';
const NEW = '{"checkout":{"timeoutSeconds":45,"retries":3},"name":"shop"}';

test("two versions are compared, and the change is copied in words", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", OLD);
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("30");
	await emulator.deploy("shop/test/settings.json", NEW);
	await expect(configuration(popup)).toContainText("45");
	await button(popup, "Compare").click();
	await expect(popup.getByLabel("Compare with")).toHaveValue(/\/1$/);
	await expect(configuration(popup)).toContainText("1 changed");
	await expect(configuration(popup)).toContainText("30");
	await expect(configuration(popup)).toContainText("45");
	await button(popup, "Compare").click();
	await expect(popup.getByLabel("Compare with")).toBeHidden();
});
