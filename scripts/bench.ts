// npm run bench [-- NAME …]: runs the extension's benchmarks, or those that are named.
// Arguments after `--parts` go to the benchmark itself: the names of its parts.
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { compileEmulator } from "./emulator-process.ts";
import { fromRoot } from "./paths.ts";

const DEFAULT = ["popup", "worker", "poll", "profiles"];

const args = process.argv.slice(2);
const named = args.includes("--parts")
	? args.slice(0, args.indexOf("--parts"))
	: args;
// The emulator's benchmark starts the command as users run it.
if (named.includes("emulator")) await compileEmulator();
for (const name of named.length > 0 ? named : DEFAULT) {
	const file = await compile(name);
	await import(pathToFileURL(file).href);
}

/** Bundles the benchmark instead of running it through a loader, so that it measures what is shipped. */
async function compile(name: string): Promise<string> {
	const outDir = fromRoot(".cache/bench/code");
	await build({
		root: fromRoot(),
		configFile: false,
		logLevel: "warn",
		build: {
			ssr: fromRoot("bench", `${name}.ts`),
			outDir,
			emptyOutDir: false,
			target: "node20",
			rolldownOptions: { output: { entryFileNames: "[name].mjs" } },
		},
	});
	return fromRoot(".cache/bench/code", `${name}.mjs`);
}
