// A copy of the built extension in a browser, with an empty page as the baseline, behind an emulator of its own.
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright";
import { findBrowser } from "../scripts/browser/find.ts";
import { launch, openStage } from "../scripts/browser/launch.ts";
import { command, saveProfile } from "../scripts/browser/wire.ts";
import { bundle } from "../scripts/build/bundle.ts";
import { compileEmulator, startEmulator } from "../scripts/emulator-process.ts";
import { fromRoot } from "../scripts/paths.ts";

export interface BenchExtension {
	readonly context: BrowserContext;
	readonly stage: Page;
	readonly emulator: { readonly url: string };
	close(): Promise<void>;
}

export const EMPTY_PAGE = "empty.html";
/** The lightest possible extension page: no script, no style. */
const EMPTY =
	'<!doctype html><html lang="en"><meta charset="utf-8"><title>Empty</title><p>Empty</p></html>\n';

const SETTINGS = JSON.stringify(
	Object.fromEntries(
		Array.from({ length: 40 }, (_, index) => [
			`setting-${index}`,
			{ enabled: index % 3 === 0, limit: index * 17, owner: "storefront" },
		]),
	),
	null,
	2,
);

/**
 * With one profile whose first version has arrived and whose next poll is far away. `files` are served beside its
 * configuration, by path.
 */
export async function createBenchExtension(
	files: Readonly<Record<string, Uint8Array>> = {},
): Promise<BenchExtension> {
	await Promise.all([bundle(), compileEmulator()]);
	const extension = fromRoot(".cache/bench/extension");
	await rm(extension, { recursive: true, force: true });
	await cp(fromRoot("dist"), extension, { recursive: true });
	await writeFile(join(extension, EMPTY_PAGE), EMPTY);
	const examples = await mkdtemp(join(tmpdir(), "appconfig-bench-"));
	await mkdir(join(examples, "shop/test"), { recursive: true });
	await writeFile(join(examples, "shop/test/settings.json"), SETTINGS);
	for (const [path, content] of Object.entries(files))
		await writeFile(join(examples, path), content);
	const emulator = await startEmulator([examples, "--port", "0"]);
	const program = await findBrowser();
	const { context, close } = await launch({
		program,
		headless: true,
		extension,
	});
	const stage = await openStage(context);
	await addProfile(stage, emulator.url);
	return {
		context,
		stage,
		emulator,
		close: async () => {
			await close();
			await emulator.stop();
			await rm(examples, { recursive: true });
		},
	};
}

async function addProfile(stage: Page, endpoint: string): Promise<void> {
	const id = await saveProfile(stage, {
		application: "shop",
		environment: "test",
		configurationProfile: "settings",
		endpoint,
		minimumPollIntervalSeconds: 3_600,
	});
	const popup = await stage.context().newPage();
	await popup.goto(
		stage.url().replace("manifest.json", "src/popup/index.html"),
	);
	await popup
		.getByRole("list", { name: "Version history" })
		.getByRole("listitem")
		.waitFor();
	await popup.close();
	await command(stage, "markSeen", { id, number: 1 });
}
