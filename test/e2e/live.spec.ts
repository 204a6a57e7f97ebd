import {
	addProfile,
	button,
	configuration,
	expect,
	showHistory,
	shownVersion,
	status,
	test,
	versions,
} from "./test.ts";

test("popup and panel show a configuration, and version 2 arrives in both by itself", async ({
	emulator,
	extension,
}) => {
	await addProfile(
		{ emulator, extension },
		"settings.json",
		'{"sale":"spring"}',
	);
	const panel = await extension.openPanel();
	const popup = await extension.openPopup();
	for (const view of [popup, panel]) {
		await expect(configuration(view)).toContainText("spring");
		await showHistory(view);
		await expect(versions(view)).toHaveCount(1);
		await expect(view.getByText("application/json")).toBeVisible();
	}
	await emulator.deploy("shop/test/settings.json.label", "winter-sale-7");
	await emulator.deploy("shop/test/settings.json", '{"sale":"winter"}');
	for (const view of [popup, panel]) {
		await expect(configuration(view)).toContainText("winter");
		await expect(versions(view)).toHaveCount(2);
		await expect(versions(view).first()).toContainText("winter-sale-7");
	}
});

test("an older version can be shown, and the live one again", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "banner.txt", "first words");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("first words");
	await emulator.deploy("shop/test/banner.txt", "second words");
	await expect(configuration(popup)).toContainText("second words");
	await showHistory(popup);
	await versions(popup).last().getByRole("button").first().click();
	await expect(configuration(popup)).toContainText("first words");
	await button(popup, "Show live").click();
	await expect(configuration(popup)).toContainText("second words");
});

test("a paused profile is not polled, and a resumed one is", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "banner.txt", "before the pause");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("before the pause");
	await button(popup, "Pause").click();
	await expect(button(popup, "Resume")).toBeVisible();
	const { length } = await emulator.events();
	await emulator.deploy("shop/test/banner.txt", "after the pause");
	// Another profile's polls show that time goes on meanwhile.
	await addProfile({ emulator, extension }, "clock.txt", "tick");
	await expect
		.poll(async () => {
			const entries = (await emulator.events()).slice(length);
			return entries.filter(({ event }) => event === "unchanged").length;
		})
		.toBeGreaterThan(2);
	await expect(configuration(popup)).toContainText("before the pause");
	const since = (await emulator.events()).slice(length);
	expect(since.filter(({ subject }) => subject === "shop/test/banner")).toEqual(
		[],
	);
	await button(popup, "Resume").click();
	await expect(configuration(popup)).toContainText("after the pause");
});

test("Poll now obeys the interval and says when the next poll is allowed", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", "{}", {
		minimumPollIntervalSeconds: 300,
	});
	const popup = await extension.openPopup();
	await expect(shownVersion(popup)).toHaveText("v1");
	await expect(popup.getByRole("timer", { name: "Next poll" })).toHaveText(
		/^[45]:\d\d$/,
	);
	await button(popup, "Poll now").click();
	await expect(status(popup)).toContainText(
		"AppConfig allows the next poll in",
	);
	const events = (await emulator.events()).map(({ event }) => event);
	expect(events).not.toContain("too-early");
});

test("the countdown to the next poll runs", async ({ emulator, extension }) => {
	await addProfile({ emulator, extension }, "settings.json", "{}", {
		minimumPollIntervalSeconds: 300,
	});
	const popup = await extension.openPopup();
	const timer = popup.getByRole("timer", { name: "Next poll" });
	await expect(timer).toHaveText(/\d:\d\d/);
	const before = await timer.textContent();
	await expect(timer).not.toHaveText(before ?? "");
	await expect(timer).toHaveText(/\d:\d\d/);
});

test("without a profile one click adds the local emulator", async ({
	extension,
}) => {
	const popup = await extension.openPopup();
	await popup.getByRole("button", { name: "Add emulator profile" }).click();
	await expect(popup.getByRole("combobox", { name: "Profile" })).toContainText(
		"Local emulator",
	);
});
