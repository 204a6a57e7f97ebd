// npm run fix: what the formatter and the linter can mend by themselves.
import { binary } from "./paths.ts";
import { runNode } from "./run-tool.ts";

process.exitCode = await runNode([
	binary("biome"),
	"check",
	"--write",
	...process.argv.slice(2),
]);
