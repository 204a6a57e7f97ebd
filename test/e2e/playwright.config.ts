// Three tests at a time, since they mostly wait. No retries: a flaky test is a bug. A failed test leaves a trace.
import { defineConfig } from "playwright/test";

const LONG = ["worker-stop.spec.ts", "idle.spec.ts"];

export default defineConfig({
	testDir: ".",
	// The long ones first, so that the short ones fill the time beside them.
	projects: [
		{ name: "long", testMatch: LONG },
		{ name: "short", testMatch: "*.spec.ts", testIgnore: LONG },
	],
	outputDir: "../../test-results",
	fullyParallel: true,
	workers: 3,
	retries: 0,
	// Generous, since machines are shared: a test waits for conditions, and ends when they hold.
	timeout: 90_000,
	expect: { timeout: 20_000 },
	forbidOnly: Boolean(process.env.CI),
	reporter: [
		["list"],
		[
			"json",
			{
				outputFile:
					process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? "../../.cache/e2e.json",
			},
		],
	],
	// What was done and what it said; pictures and copies of every page cost a tenth of the time.
	use: {
		trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
	},
});
