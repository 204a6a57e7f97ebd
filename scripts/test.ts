// npm test: types, lint, unit tests, build, size budgets and end-to-end tests in real Chromium. Prints the total at the end.
import { readArguments, refuse } from "./command-line.ts";
import { binary } from "./paths.ts";
import {
	campaigns,
	check,
	type Outcome,
	playwright,
	script,
	vitest,
} from "./test-steps.ts";

interface Step {
	readonly name: string;
	/** What `npm test -- --unit` and `--e2e` leave out; `full` is run by `npm run test:full` alone. */
	readonly part: "unit" | "e2e" | "both" | "full";
	run(filters: readonly string[]): Promise<Outcome>;
}

const LINT = ["check", "--error-on-warnings"];

const STEPS: readonly Step[] = [
	{ name: "types", part: "both", run: () => check([binary("tsc"), "-b"]) },
	{ name: "lint", part: "unit", run: () => check([binary("biome"), ...LINT]) },
	{ name: "unit", part: "unit", run: vitest },
	{ name: "build", part: "e2e", run: () => check([script("build")]) },
	{ name: "size", part: "e2e", run: () => check([script("size")]) },
	{ name: "e2e", part: "e2e", run: playwright },
	{ name: "campaigns", part: "full", run: campaigns },
];

const USAGE = "npm test [-- [--unit | --e2e | --full] [--seed N] [FILTER …]]";
const { values, positionals } = readArguments(USAGE, {
	allowPositionals: true,
	options: {
		unit: { type: "boolean" },
		e2e: { type: "boolean" },
		full: { type: "boolean" },
		seed: { type: "string" },
	},
});
if (values.seed !== undefined) {
	if (!/^\d{1,9}$/.test(values.seed))
		refuse(USAGE, `--seed takes a whole number, not "${values.seed}"`);
	process.env.TEST_SEED = values.seed;
}
if (values.full) process.env.TEST_FULL = "1";
const parts =
	values.unit === values.e2e ? ["unit", "e2e"] : [values.unit ? "unit" : "e2e"];
const steps = STEPS.filter(
	({ part }) =>
		part === "both" ||
		(part === "full" ? values.full === true : parts.includes(part)),
);
process.exitCode = await runAll(steps, positionals);

/** Every step runs even if one before it failed, so that one run reports everything. */
async function runAll(
	steps: readonly Step[],
	filters: readonly string[],
): Promise<number> {
	const rows: Record<string, Outcome & { readonly seconds: number }> = {};
	for (const { name, run } of steps) {
		console.log(`\n── ${name} ──`);
		const startedAt = performance.now();
		const outcome = await run(filters).catch(failed);
		const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
		rows[name] = { ...outcome, seconds };
	}
	console.log("");
	console.table(rows);
	const outcomes = Object.values(rows);
	const passed = outcomes.reduce((sum, row) => sum + row.passed, 0);
	const failures = outcomes.reduce((sum, row) => sum + row.failed, 0);
	console.log(`${passed} passed, ${failures} failed`);
	return failures === 0 && passed > 0 ? 0 : 1;
}

/** A step that cannot start, for instance without a browser. */
function failed(error: unknown): Outcome {
	console.error(error instanceof Error ? error.message : error);
	return { passed: 0, failed: 1 };
}
