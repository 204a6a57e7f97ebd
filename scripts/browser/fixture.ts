// An emulator with sample configurations, and the extension with profiles for them.
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { BrowserContext, Page } from "playwright";
import { type EmulatorProcess, startEmulator } from "../emulator-process.ts";
import { fromRoot } from "../paths.ts";
import type { BrowserProgram } from "./find.ts";
import { launch, openStage } from "./launch.ts";
import { saveProfile } from "./wire.ts";

export type Theme = "light" | "dark";

export interface Scene {
	readonly context: BrowserContext;
	readonly stage: Page;
	readonly emulator: EmulatorProcess;
	/** `path` is application/environment/profile.ext. */
	deploy(path: string, content: string | Uint8Array): Promise<void>;
	/** Saves a profile named as the file. */
	addProfile(path: string): Promise<void>;
	close(): Promise<void>;
}

/** Serves a copy of examples/, with a short poll interval. */
export async function createScene(
	program: BrowserProgram,
	theme: Theme,
): Promise<Scene> {
	const folder = await mkdtemp(join(tmpdir(), "appconfig-scene-"));
	await cp(fromRoot("examples"), folder, { recursive: true });
	const args = [folder, "--port", "0", "--poll-interval", "1", "--testing"];
	const emulator = await startEmulator(args);
	const { context, close } = await launch({
		program,
		headless: true,
		theme,
	});
	const stage = await openStage(context);
	return {
		context,
		stage,
		emulator,
		deploy: async (path, content) => {
			await mkdir(dirname(join(folder, path)), { recursive: true });
			await writeFile(join(folder, path), content);
		},
		addProfile: async (path) => {
			const [application = "", environment = "", file = ""] = path.split("/");
			const configurationProfile = file.replace(/\.\w+$/, "");
			await saveProfile(stage, {
				name: `${configurationProfile} (${environment})`,
				application,
				environment,
				configurationProfile,
				endpoint: emulator.url,
			});
		},
		close: async () => {
			await close();
			await emulator.stop();
			await rm(folder, { recursive: true });
		},
	};
}
