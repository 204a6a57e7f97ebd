// npm run fix: applies what the formatter and the linter can fix by themselves.
import { binary } from "./paths.ts";
import { runNode } from "./run-tool.ts";

process.exitCode = await runNode([
	binary("biome"),
	"check",
	"--write",
	...process.argv.slice(2),
]);
