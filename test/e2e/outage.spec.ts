import {
	addProfile,
	configuration,
	expect,
	shownVersion,
	test,
} from "./test.ts";

test("when the service is down the last good configuration stays, and polling recovers by itself", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "banner.txt", "still good");
	const panel = await extension.openPanel();
	const popup = await extension.openPopup();
	for (const view of [popup, panel])
		await expect(configuration(view)).toContainText("still good");
	await emulator.stop();
	for (const view of [popup, panel]) {
		const alert = view.getByRole("alert");
		await expect(alert).toContainText("The service cannot be reached");
		await expect(alert).toContainText("last good configuration");
		await expect(configuration(view)).toContainText("still good");
		await expect(view.getByText(/\d s ago/)).toHaveCount(1);
	}
	await emulator.start();
	await emulator.deploy("shop/test/banner.txt", "back again");
	for (const view of [popup, panel]) {
		await expect(configuration(view)).toContainText("back again");
		await expect(view.getByRole("alert")).toHaveCount(0);
		await expect(shownVersion(view)).toHaveText("v2");
	}
});

test("a deleted configuration is a fault that names what is missing", async ({
	extension,
	emulator,
}) => {
	await addProfile({ emulator, extension }, "banner.txt", "here");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("here");
	await emulator.withdraw("shop/test/banner.txt");
	await expect(popup.getByRole("alert")).toContainText(
		"There is no such configuration",
	);
	await expect(configuration(popup)).toContainText("here");
});

for (const { fault, words } of [
	{ fault: "throttle", words: "The service is throttling requests" },
	{ fault: "error", words: "The service had an internal error" },
	{ fault: "html", words: "The service had an internal error" },
])
	test(`a reply with the fault "${fault}" is reported, and polling recovers`, async ({
		emulator,
		extension,
	}) => {
		await addProfile({ emulator, extension }, "banner.txt", "good");
		const popup = await extension.openPopup();
		await expect(configuration(popup)).toContainText("good");
		await emulator.addFault({ fault });
		await expect(popup.getByRole("alert")).toContainText(words);
		await emulator.clearFaults();
		await expect(popup.getByRole("alert")).toHaveCount(0);
		await expect(configuration(popup)).toContainText("good");
	});
