// Hostile documents in popup and panel: none runs a script, asks for anything, breaks a policy or holds the page up.
import type { CDPSession, Locator } from "playwright/test";
import { hostileDocuments } from "../fixtures/hostile/documents.ts";
import type { View } from "./extension.ts";
import { addProfile, configuration, expect, test } from "./test.ts";

/** CPU milliseconds of the page's main thread, from the choice of a document until it is on show. */
const CPU_BUDGET = 200;

for (const surface of ["popup", "panel"] as const)
	test(`hostile documents do nothing but show themselves in the ${surface}`, async ({
		emulator,
		extension,
	}) => {
		test.setTimeout(300_000);
		const documents = hostileDocuments();
		expect(documents.length).toBeGreaterThanOrEqual(60);
		for (const { file, content } of documents)
			await addProfile({ emulator, extension }, file, content, {
				name: nameOf(file),
				configurationProfile: file.replace(/\.\w+$/, ""),
			});
		const view =
			surface === "popup"
				? await extension.openPopup()
				: await extension.openPanel();
		const complaints = listen(view);
		const session = await extension.context.newCDPSession(view);
		await session.send("Performance.enable", { timeDomain: "threadTicks" });
		const chooser = view.getByRole("combobox", { name: "Profile" });
		const slow: string[] = [];
		for (const { file } of documents) {
			const before = await cpu(session);
			await chooser.selectOption({ label: nameOf(file) });
			await expect(shown(view)).toBeVisible();
			const spent = (await cpu(session)) - before;
			if (spent > CPU_BUDGET) slow.push(`${file}: ${Math.round(spent)} ms`);
		}
		expect(await view.evaluate(() => "hostile" in globalThis)).toBe(false);
		expect(complaints).toEqual([]);
		expect(slow).toEqual([]);
	});

function nameOf(file: string): string {
	return file.replace(".", " ");
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

async function cpu(session: CDPSession): Promise<number> {
	const { metrics } = await session.send("Performance.getMetrics");
	const found = metrics.find(({ name }) => name === "TaskDuration");
	return (found?.value ?? Number.NaN) * 1000;
}
