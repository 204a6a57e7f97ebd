/// <reference types="chrome" />
import { command } from "../../scripts/browser/wire.ts";
import { stopWorker } from "../../scripts/browser/worker.ts";
import { addProfile, button, configuration, expect, test } from "./test.ts";
import type { TestEmulator } from "./test-emulator.ts";

test("popup, panel and twenty other views together cause one call per interval", async ({
	emulator,
	extension,
}) => {
	const { stage } = extension;
	const id = await addProfile({ emulator, extension }, "banner.txt", "0");
	const [panel, popup] = [
		await extension.openPanel(),
		await extension.openPopup(),
	];
	for (const round of ["1", "2", "3"]) {
		await emulator.deploy("shop/test/banner.txt", round);
		await Promise.all([
			...Array.from({ length: 20 }, () => command(stage, "pollNow", { id })),
			button(panel, "Poll now").click(),
			button(popup, "Poll now").click(),
		]);
		for (const view of [panel, popup])
			await expect(configuration(view)).toContainText(round);
	}
	await expectNoTrouble(emulator);
	expect(await count(emulator, "session-started")).toBe(1);
});

test("a damaged record is reported, left as it is, and affects nothing else", async ({
	emulator,
	extension,
}) => {
	const { stage } = extension;
	const id = await addProfile({ emulator, extension }, "banner.txt", "good");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("good");
	await popup.close();
	await stage.evaluate(async (profile) => {
		await chrome.storage.local.set({
			"profile:damaged": { schema: 2, profile: "?" },
			"profile:newer": { schema: 99 },
			snapshot: '{"schema":2',
		});
		await chrome.storage.session.set({ [`session:${profile}`]: [1, 2, 3] });
		localStorage.setItem("snapshot", "{}");
	}, id);
	await stopWorker(stage);
	const again = await extension.openPopup();
	await expect(configuration(again)).toContainText("good");
	const alerts = again.getByRole("alert");
	await expect(alerts.filter({ hasText: "could not be read" })).toBeVisible();
	await expect(alerts.filter({ hasText: "newer version" })).toBeVisible();
	await emulator.deploy("shop/test/banner.txt", "better");
	await expect(configuration(again)).toContainText("better");
	await expectNoTrouble(emulator);
	const kept = await stage.evaluate(() =>
		chrome.storage.local.get(["profile:damaged", "profile:newer"]),
	);
	expect(kept).toEqual({
		"profile:damaged": { schema: 2, profile: "?" },
		"profile:newer": { schema: 99 },
	});
});

test("after its database is deleted the worker reports the loss and stores the next version", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "banner.txt", "before");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("before");
	await extension.stage.evaluate(
		() =>
			new Promise<void>((resolve, reject) => {
				const request = indexedDB.deleteDatabase("appconfig-inspector");
				request.onsuccess = () => resolve();
				request.onerror = () => reject(request.error);
			}),
	);
	await emulator.deploy("shop/test/banner.txt", "after");
	await expect(configuration(popup)).toContainText("after");
	await stopWorker(extension.stage);
	await expect(configuration(popup)).toContainText("after");
	await expectNoTrouble(emulator);
});

test("the built manifest exposes nothing, and pages create no elements from text", async ({
	extension,
}) => {
	const manifest = await extension.stage.evaluate(() =>
		chrome.runtime.getManifest(),
	);
	expect(manifest.permissions?.toSorted()).toEqual([
		"alarms",
		"storage",
		"unlimitedStorage",
	]);
	expect(manifest.web_accessible_resources ?? []).toEqual([]);
	expect(manifest.content_scripts ?? []).toEqual([]);
	const popup = await extension.openPopup();
	const refusal = await popup.evaluate(() => {
		try {
			document.createElement("p").innerHTML = "<b>";
			return "taken";
		} catch (error) {
			return (error as Error).name;
		}
	});
	expect(refusal).toBe("TypeError");
});

async function count(emulator: TestEmulator, event: string): Promise<number> {
	const entries = await emulator.events();
	return entries.filter((entry) => entry.event === event).length;
}

/** Nothing was asked too early, and no token twice. */
async function expectNoTrouble(emulator: TestEmulator): Promise<void> {
	const entries = await emulator.events();
	const events = entries.map(({ event }) => event);
	expect(events).not.toContain("too-early");
	expect(events).not.toContain("token-refused");
	const accepted = entries
		.filter(({ event }) => event === "token-accepted")
		.map(({ token }) => token);
	expect(new Set(accepted).size).toBe(accepted.length);
}
