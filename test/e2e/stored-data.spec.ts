import { stopWorker } from "../../scripts/browser/worker.ts";
import {
	addProfile,
	button,
	configuration,
	expect,
	showHistory,
	test,
	versions,
} from "./test.ts";

const DATABASE = "appconfig-inspector";

test("data deleted by the browser is fetched again, and the loss is shown until dismissed", async ({
	emulator,
	extension,
}) => {
	const { stage } = extension;
	await addProfile({ emulator, extension }, "banner.txt", "first");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("first");
	await stage.evaluate(clearStore, { database: DATABASE, store: "bodies" });
	await stopWorker(stage);
	const told = popup.getByRole("alert").filter({
		hasText: "The browser deleted the stored bytes of version 1.",
	});
	await expect(told).toBeVisible();
	await popup.close();
	const again = await extension.openPopup();
	await expect(configuration(again)).toContainText("first");
	await showHistory(again);
	await expect(versions(again)).toHaveCount(1);
	await button(again, "Dismiss").click();
	await expect(again.getByText("The browser deleted")).toHaveCount(0);
	await again.close();
	const third = await extension.openPopup();
	await expect(configuration(third)).toContainText("first");
	await expect(third.getByText("The browser deleted")).toHaveCount(0);
});

for (const [what, value] of [
	["a text", "first"],
	["other bytes", new Uint8Array([1, 2])],
	["a packed body that is none", { number: 1, bytes: "?" }],
] as const)
	test(`${what} instead of the newest version's bytes is reported, and the bytes are stored again`, async ({
		emulator,
		extension,
	}) => {
		const { stage } = extension;
		const id = await addProfile({ emulator, extension }, "banner.txt", "first");
		const popup = await extension.openPopup();
		await expect(configuration(popup)).toContainText("first");
		await popup.close();
		await stage.evaluate(putBody, {
			database: DATABASE,
			id,
			// Bytes do not cross as they are.
			value: value instanceof Uint8Array ? [...value] : value,
		});
		const again = await extension.openPopup();
		await expect(configuration(again)).toContainText("first");
		await expect(
			again.getByText("The browser deleted the stored bytes of version 1."),
		).toBeVisible();
		await showHistory(again);
		await expect(versions(again)).toHaveCount(1);
	});

test("versions of a missing profile are moved to another, and a damaged record is exported and deleted", async ({
	emulator,
	extension,
}) => {
	const { stage } = extension;
	const id = await addProfile({ emulator, extension }, "banner.txt", "first");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("first");
	await emulator.deploy("shop/test/banner.txt", "second");
	await expect(configuration(popup)).toContainText("second");
	await popup.close();
	await stage.evaluate(async (profile) => {
		await chrome.storage.local.remove(`profile:${profile}`);
		await chrome.storage.local.set({ "profile:broken": { schema: 2 } });
	}, id);
	await stopWorker(stage);
	await emulator.deploy("shop/test/banner.txt", "third");
	await addProfile({ emulator, extension }, "banner.txt", "third");
	const options = await extension.openOptions();
	await options.getByRole("link", { name: "Stored data" }).click();
	await expect(options.getByText("2 versions")).toBeVisible();
	await options.getByLabel("Move to").selectOption({ index: 1 });
	await button(options, "Move versions").click();
	await expect(options.getByText("Imported 2 versions.")).toBeVisible();
	await expect(
		options.getByText("Every stored version belongs to a profile."),
	).toBeVisible();

	const download = options.waitForEvent("download");
	await button(options, "Export record").click();
	expect((await download).suggestedFilename()).toBe("damaged-record.json");
	await button(options, "Delete record").click();
	await button(options, "Yes, delete").click();
	await expect(
		options.getByText("All stored records can be read."),
	).toBeVisible();
	await options.close();
	const after = await extension.openPopup();
	await showHistory(after);
	await expect(versions(after)).toHaveCount(3);
	await expect(after.getByRole("alert")).toHaveCount(0);
});

test("a missing object store is created again", async ({
	emulator,
	extension,
}) => {
	const { stage } = extension;
	await addProfile({ emulator, extension }, "banner.txt", "first");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("first");
	await stage.evaluate(
		(database) =>
			new Promise<void>((resolve, reject) => {
				const request = indexedDB.open(database, 2);
				request.onupgradeneeded = () =>
					request.result.deleteObjectStore("bodies");
				request.onerror = () => reject(request.error);
				request.onsuccess = () => {
					request.result.close();
					resolve();
				};
			}),
		DATABASE,
	);
	await stopWorker(stage);
	await popup.close();
	const again = await extension.openPopup();
	await expect(configuration(again)).toContainText("first");
	await emulator.deploy("shop/test/banner.txt", "second");
	await expect(configuration(again)).toContainText("second");
});

function clearStore(input: { database: string; store: string }): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(input.database);
		request.onerror = () => reject(request.error);
		request.onsuccess = () => {
			const transaction = request.result.transaction(input.store, "readwrite");
			transaction.objectStore(input.store).clear();
			transaction.oncomplete = () => {
				request.result.close();
				resolve();
			};
		};
	});
}

function putBody(input: {
	database: string;
	id: string;
	value: unknown;
}): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(input.database);
		request.onerror = () => reject(request.error);
		request.onsuccess = () => {
			const transaction = request.result.transaction("bodies", "readwrite");
			const { value } = input;
			transaction
				.objectStore("bodies")
				.put(Array.isArray(value) ? Uint8Array.from(value) : value, [
					input.id,
					1,
				]);
			transaction.oncomplete = () => {
				request.result.close();
				resolve();
			};
		};
	});
}
