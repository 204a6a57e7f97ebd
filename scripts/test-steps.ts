// The steps of npm test. Each returns how many tests passed and failed.
import { mkdir, readFile, rm } from "node:fs/promises";
import { findBrowser } from "./browser/find.ts";
import { binary, fromRoot } from "./paths.ts";
import { runNode } from "./run-tool.ts";

export interface Outcome {
	readonly passed: number;
	readonly failed: number;
}

/** A tool or a compiled script, counted as one test. */
export async function check(args: readonly string[]): Promise<Outcome> {
	const code = await runNode(args);
	return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

export function script(name: string): string {
	return fromRoot("build/scripts", `${name}.js`);
}

export async function vitest(args: readonly string[]): Promise<Outcome> {
	const report = await emptyReport("unit.json");
	const code = await runNode([
		binary("vitest"),
		"run",
		"--reporter=default",
		"--reporter=json",
		`--outputFile.json=${report}`,
		...args,
	]);
	const { numPassedTests, numFailedTests } = await readReport(report);
	return atLeastOneFailed(code, {
		passed: Number(numPassedTests ?? 0),
		failed: Number(numFailedTests ?? 0),
	});
}

export function playwright(args: readonly string[]): Promise<Outcome> {
	return runPlaywright("playwright.config.ts", "e2e.json", args);
}

/** The long campaigns of `npm run test:full`. */
export function campaigns(args: readonly string[]): Promise<Outcome> {
	return runPlaywright("campaigns.config.ts", "campaigns.json", args);
}

async function runPlaywright(
	config: string,
	reportName: string,
	args: readonly string[],
): Promise<Outcome> {
	const report = await emptyReport(reportName);
	const { path } = await findBrowser();
	const code = await runNode(
		[binary("playwright"), "test", "-c", `test/e2e/${config}`, ...args],
		{ env: { CHROME_PATH: path, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
	);
	const { stats } = await readReport(report);
	const { expected, unexpected, flaky } = (stats ?? {}) as Record<
		string,
		unknown
	>;
	return atLeastOneFailed(code, {
		passed: Number(expected ?? 0),
		failed: Number(unexpected ?? 0) + Number(flaky ?? 0),
	});
}

/** A runner can fail without a failed test, for instance when a file cannot be read. */
function atLeastOneFailed(code: number, outcome: Outcome): Outcome {
	return code !== 0 && outcome.failed === 0
		? { ...outcome, failed: 1 }
		: outcome;
}

async function emptyReport(name: string): Promise<string> {
	const path = fromRoot(".cache", name);
	await mkdir(fromRoot(".cache"), { recursive: true });
	await rm(path, { force: true });
	return path;
}

async function readReport(path: string): Promise<Record<string, unknown>> {
	try {
		return JSON.parse(await readFile(path, "utf8"));
	} catch (error) {
		console.error(`No report was written: ${String(error)}`);
		return {};
	}
}
