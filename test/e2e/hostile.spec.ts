import type { Locator } from "playwright/test";
import {
	type HostileDocument,
	hostileDocuments,
} from "../fixtures/hostile/documents.ts";
import { isFullRun } from "../helpers/effort.ts";
import type { View } from "./extension.ts";
import {
	addProfile,
	compareWith,
	configuration,
	expect,
	type Fixtures,
	test,
} from "./test.ts";

for (const surface of ["popup", "panel"] as const)
	test(`hostile documents run nothing and load nothing in the ${surface}`, async ({
		emulator,
		extension,
	}) => {
		test.setTimeout(300_000);
		const documents = sample(hostileDocuments());
		const ids = await addProfiles({ emulator, extension }, documents);
		const view =
			surface === "popup"
				? await extension.openPopup()
				: await extension.openPanel();
		const complaints = listen(view);
		const chooser = view.getByRole("combobox", { name: "Profile" });
		for (const id of ids) {
			await chooser.selectOption({ value: id });
			await expect(shown(view)).toBeVisible();
		}
		expect(await view.evaluate(() => "hostile" in globalThis)).toBe(false);
		expect(complaints).toEqual([]);
	});

test("hostile documents run nothing in any view, nor in a comparison", async ({
	emulator,
	extension,
}) => {
	test.setTimeout(300_000);
	const documents = sample(hostileDocuments()).filter(
		({ content }) => content.length < 100_000,
	);
	const ids = await addProfiles({ emulator, extension }, documents);
	const popup = await extension.openPopup();
	const complaints = listen(popup);
	const chooser = popup.getByRole("combobox", { name: "Profile" });
	const views = configuration(popup)
		.getByRole("group", { name: "View" })
		.getByRole("button");
	for (const id of ids) {
		await chooser.selectOption({ value: id });
		await expect(shown(popup)).toBeVisible();
		for (const view of await views.all()) {
			await view.click();
			await expect(
				configuration(popup).locator(".scroller, .problem").first(),
			).toBeVisible();
		}
	}
	await chooser.selectOption({ value: ids[0] ?? "" });
	const names = await chooser.getByRole("option").allTextContents();
	for (const name of names) {
		const [own = "", status] = name.split(" — ");
		// The profile on show has one version: there is nothing else of it to compare with.
		if (!status) continue;
		await compareWith(popup, own);
		await expect(
			configuration(popup).locator(".summary:not(:text('Comparing'))"),
		).toHaveText(/\S/);
	}
	expect(await popup.evaluate(() => "hostile" in globalThis)).toBe(false);
	expect(complaints).toEqual([]);
});

/** One document of each kind; all of them under `npm run test:full`. */
function sample(
	documents: readonly HostileDocument[],
): readonly HostileDocument[] {
	expect(documents.length).toBeGreaterThanOrEqual(60);
	if (isFullRun) return documents;
	const kinds = new Map(
		documents.map((document) => [document.file.replace(/\d+/g, ""), document]),
	);
	return [...kinds.values()];
}

function addProfiles(
	fixtures: Pick<Fixtures, "emulator" | "extension">,
	documents: readonly HostileDocument[],
): Promise<readonly string[]> {
	const saved = documents.map(({ file, content }) =>
		addProfile(fixtures, file, content, {
			name: file.replace(".", " "),
			configurationProfile: file.replace(/\.\w+$/, ""),
			// Once is enough: polling all of them every second is a load of its own.
			minimumPollIntervalSeconds: 86_400,
		}),
	);
	return Promise.all(saved);
}

/** The document, or the words for why there is none. */
function shown(view: View): Locator {
	return configuration(view).locator(".scroller, h2").first();
}

/** What goes wrong in the page, and what it asks for that is not its own. */
function listen(view: View): readonly string[] {
	const page = "page" in view ? view.page() : view;
	const heard: string[] = [];
	page.on("console", (message) => {
		if (message.type() === "error") heard.push(message.text());
	});
	page.on("pageerror", (error) => heard.push(String(error)));
	page.on("request", (request) => {
		if (!/^(chrome-extension|devtools|data|blob):/.test(request.url()))
			heard.push(request.url());
	});
	return heard;
}
