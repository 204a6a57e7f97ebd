import {
	addProfile,
	configuration,
	expect,
	showHistory,
	shownVersion,
	test,
	versions,
} from "./test.ts";

test("after a browser restart the history is kept and a new session continues it", async ({
	emulator,
	browsers,
}) => {
	const before = await browsers.start();
	await addProfile({ emulator, extension: before }, "banner.txt", "one");
	const popup = await before.openPopup();
	await expect(configuration(popup)).toContainText("one");
	await emulator.deploy("shop/test/banner.txt", "two");
	await expect(shownVersion(popup)).toHaveText("v2");
	await browsers.close();
	const sessions = await countSessions();
	await emulator.stop();

	const after = await browsers.start();
	const offline = await after.openPopup();
	await expect(configuration(offline)).toContainText("two");
	await showHistory(offline);
	await expect(versions(offline)).toHaveCount(2);

	await emulator.start();
	await emulator.deploy("shop/test/banner.txt", "three");
	// By itself it would ask again an interval later.
	await offline.getByRole("button", { name: "Poll now" }).click();
	await expect(configuration(offline)).toContainText("three");
	await expect(versions(offline)).toHaveCount(3);
	expect(sessions).toBe(1);
	expect(await countSessions()).toBe(1);

	async function countSessions(): Promise<number> {
		const events = await emulator.events();
		return events.filter(({ event }) => event === "session-started").length;
	}
});
