import {
	cp,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	rm,
	writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright/test";
import { findBrowser } from "../../scripts/browser/find.ts";
import {
	extensionUrl,
	launch,
	openStage,
} from "../../scripts/browser/launch.ts";
import { installExtension } from "../../scripts/browser/unpacked.ts";
import { fromRoot } from "../../scripts/paths.ts";
import { SNAPSHOT_SCHEMA } from "../../src/core/protocol/snapshot.ts";
import { addProfile, button, configuration, expect, test } from "./test.ts";

const POPUP = extensionUrl("src/popup/index.html");
const OPTIONS = extensionUrl("src/options/index.html");

// The files of an unpacked extension are replaced, and the old worker runs on.
for (const [what, schema] of [
	["an older", SNAPSHOT_SCHEMA - 1],
	["a newer", SNAPSHOT_SCHEMA + 1],
] as const)
	test(`a page of another version than the worker (${what}) offers to reload the extension`, async ({
		emulator,
	}) => {
		const folder = await mkdtemp(join(tmpdir(), "appconfig-build-"));
		await cp(fromRoot("dist"), folder, { recursive: true });
		const user = await mkdtemp(join(tmpdir(), "appconfig-user-"));
		const files = await speakAnother(folder, schema);
		const { context, close } = await launch({
			program: await findBrowser(),
			headless: true,
			extension: null,
			userDataDir: await developer(user),
		});
		try {
			await installExtension(context, folder);
			const stage = await openStage(context);
			const extension = { stage } as Parameters<
				typeof addProfile
			>[0]["extension"];
			await addProfile({ emulator, extension }, "banner.txt", "good");
			const options = await open(context, OPTIONS);
			await expect(options.getByRole("alert").getByRole("heading")).toHaveText(
				"Reload the extension",
			);
			const popup = await open(context, POPUP);
			await expect(popup.getByRole("alert")).toContainText(
				"another version of it still runs",
			);
			await expect(popup.getByText("No profiles yet")).toHaveCount(0);
			for (const [file, text] of files) await writeFile(file, text);
			// The page closes with the click, before anything could say that it was made.
			await Promise.all([
				popup.waitForEvent("close"),
				button(popup, "Reload extension").evaluate((element) =>
					setTimeout(() => (element as HTMLElement).click()),
				),
			]);
			await expect(async () => {
				const again = await open(context, POPUP);
				await expect(configuration(again)).toContainText("good", {
					timeout: 5_000,
				});
			}).toPass({ timeout: 60_000 });
		} finally {
			await close();
			await rm(folder, { recursive: true });
			await rm(user, { recursive: true, maxRetries: 5 });
		}
	});

/** Chromium starts an unpacked extension anew in developer mode alone, in which its user has loaded it. */
async function developer(user: string): Promise<string> {
	await mkdir(join(user, "Default"));
	await writeFile(
		join(user, "Default/Preferences"),
		JSON.stringify({ extensions: { ui: { developer_mode: true } } }),
	);
	return user;
}

async function open(context: BrowserContext, url: string): Promise<Page> {
	const page = await context.newPage();
	await page.goto(url);
	return page;
}

/** Makes the worker's snapshots say another schema; resolves with its files as they were. */
async function speakAnother(
	folder: string,
	schema: number,
): Promise<ReadonlyMap<string, string>> {
	const files = new Map<string, string>();
	const assets = join(folder, "assets");
	for (const name of await readdir(assets)) {
		const file = join(assets, name);
		const text = await readFile(file, "utf8");
		const other = text.replace(
			`schema:${SNAPSHOT_SCHEMA},takenAt:`,
			`schema:${schema},takenAt:`,
		);
		if (other === text) continue;
		files.set(file, text);
		await writeFile(file, other);
	}
	expect([...files.keys()]).toHaveLength(1);
	return files;
}
