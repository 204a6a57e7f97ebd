// npm run lint: checks formatting and lint rules. A warning counts as an error.
import { binary } from "./paths.ts";
import { runNode } from "./run-tool.ts";

process.exitCode = await runNode([
	binary("biome"),
	"check",
	"--error-on-warnings",
	...process.argv.slice(2),
]);
