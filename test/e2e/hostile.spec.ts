// Hostile documents in popup and panel: none runs a script, asks for anything, breaks a policy or holds the page up.
import type { CDPSession, Locator } from "playwright/test";
import { hostileDocuments } from "../fixtures/hostile/documents.ts";
import type { View } from "./extension.ts";
import { addProfile, configuration, expect, test } from "./test.ts";

/** CPU milliseconds of the page's main thread, from the choice of a document until it is on show. */
const CPU_BUDGET = 200;
const TRIES = 4;

for (const surface of ["popup", "panel"] as const)
	test(`hostile documents do nothing but show themselves in the ${surface}`, async ({
		emulator,
		extension,
	}) => {
		test.setTimeout(300_000);
		const documents = hostileDocuments();
		expect(documents.length).toBeGreaterThanOrEqual(60);
		const ids: string[] = [];
		for (const { file, content } of documents)
			ids.push(
				await addProfile({ emulator, extension }, file, content, {
					name: nameOf(file),
					configurationProfile: file.replace(/\.\w+$/, ""),
				}),
			);
		const view =
			surface === "popup"
				? await extension.openPopup()
				: await extension.openPanel();
		const complaints = listen(view);
		const session = await extension.context.newCDPSession(view);
		await session.send("Performance.enable", { timeDomain: "threadTicks" });
		const chooser = view.getByRole("combobox", { name: "Profile" });
		const choose = async (id: string | undefined): Promise<number> => {
			const before = await cpu(session);
			await chooser.selectOption({ value: id ?? "" });
			await expect(shown(view)).toBeVisible();
			return (await cpu(session)) - before;
		};
		const slow: string[] = [];
		for (const [index, { file }] of documents.entries()) {
			let least = await choose(ids[index]);
			// What else the machine does costs caches too: the least of some tries is the document's own cost.
			for (let again = 1; again < TRIES && least > CPU_BUDGET; again++) {
				await choose(ids[index === 0 ? 1 : 0]);
				least = Math.min(least, await choose(ids[index]));
			}
			if (least > CPU_BUDGET) slow.push(`${file}: ${Math.round(least)} ms`);
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
