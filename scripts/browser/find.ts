// Finds a Chromium to run the extension in, and installs one when the machine has none.
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright";
import { installBrowser } from "./install.ts";

export interface BrowserProgram {
	readonly path: string;
	/** What `--version` prints: "Chromium 141.0.7390.37". */
	readonly version: string;
	/** Google's own Chrome, since 137, does not load an extension that is named on its command line. https://groups.google.com/a/chromium.org/g/chromium-extensions/c/1-g8EFx2BBY */
	readonly isBranded: boolean;
}

export interface FindOptions {
	/** Whether a Chrome is acceptable in which the user has to load the extension. */
	readonly branded: boolean;
}

const CHROMIUM_NAMES = ["chromium", "chromium-browser"];
const CHROME_NAMES = ["google-chrome", "google-chrome-stable"];
const MAC_CHROMIUM = "/Applications/Chromium.app/Contents/MacOS/Chromium";
const MAC_CHROME =
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

export async function findBrowser(
	options: FindOptions = { branded: false },
): Promise<BrowserProgram> {
	const found = lookAround(options);
	if (found) return found;
	for await (const step of installBrowser()) {
		console.error(step);
		const installed = lookAround(options);
		if (installed) return installed;
	}
	throw new Error(
		"No Chromium was found and none could be installed. Install Chromium, or set CHROME_PATH to one, and run the same command again.",
	);
}

function lookAround({ branded }: FindOptions): BrowserProgram | undefined {
	const chosen = process.env.CHROME_PATH;
	if (chosen) {
		const program = inspect(chosen);
		if (!program)
			throw new Error(
				`CHROME_PATH (${chosen}) cannot be run. Set it to a Chromium's program file, or unset it.`,
			);
		if (program.isBranded && !branded)
			throw new Error(
				`CHROME_PATH is ${program.version}, which loads extensions by hand only. Set it to a Chromium, or unset it.`,
			);
		return program;
	}
	const candidates = [
		chromium.executablePath(),
		...CHROMIUM_NAMES.flatMap(inPath),
		MAC_CHROMIUM,
		...(branded ? [...CHROME_NAMES.flatMap(inPath), MAC_CHROME] : []),
	];
	for (const path of candidates) {
		const program = inspect(path);
		if (program && (branded || !program.isBranded)) return program;
	}
	return undefined;
}

function inPath(name: string): readonly string[] {
	const folders = (process.env.PATH ?? "").split(delimiter);
	return folders.map((folder) => join(folder, name)).filter(isExecutable);
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch (_absent) {
		return false;
	}
}

/** `--version` also fails when system libraries are missing. On Windows it would open a window, so it is not used there. */
function inspect(path: string): BrowserProgram | undefined {
	if (!existsSync(path)) return undefined;
	if (process.platform === "win32")
		return {
			path,
			version: path,
			isBranded: /Google[\\/]Chrome[\\/]/.test(path),
		};
	try {
		const version = execFileSync(path, ["--version"], {
			encoding: "utf8",
			stdio: ["ignore", "pipe", "ignore"],
			timeout: 30_000,
		}).trim();
		return { path, version, isBranded: isBrandedVersion(version) };
	} catch (_unusable) {
		return undefined;
	}
}

function isBrandedVersion(version: string): boolean {
	const match = /^Google Chrome (\d+)/.exec(version);
	return match !== null && Number(match[1]) >= 137;
}
