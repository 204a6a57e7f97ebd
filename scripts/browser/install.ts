// Installs a Chromium: tries one way after the other.
import { existsSync } from "node:fs";
import { binary } from "../paths.ts";
import { run, runNode } from "../run-tool.ts";

/** Yields after each way, so that the caller can check before the next one is tried. */
export async function* installBrowser(): AsyncGenerator<string> {
	console.error(
		"No Chromium found: installing one (playwright install chromium) …",
	);
	const code = await runNode([binary("playwright"), "install", "chromium"], {
		env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000" },
		stdout: "ignore",
	});
	yield code === 0 ? "Installed." : "That did not work.";
	if (!existsSync("/etc/debian_version") || process.getuid?.() !== 0) return;
	console.error("Installing Debian's Chromium (apt-get install chromium) …");
	const env = { DEBIAN_FRONTEND: "noninteractive" };
	await run("apt-get", ["update", "-qq"], { env, stdout: "ignore" });
	const names = ["chromium", "chromium-browser"];
	for (const name of names) {
		const args = ["install", "-y", "-qq", "--no-install-recommends", name];
		const installed = await run("apt-get", args, { env, stdout: "ignore" });
		yield installed === 0 ? "Installed." : `There is no package ${name}.`;
	}
}
