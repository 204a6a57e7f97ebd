// npm run dev: rebuilds dist/ whenever a source file changes.
import { build } from "vite";
import { fromRoot } from "./paths.ts";

await build({ root: fromRoot(), build: { watch: {}, sourcemap: true } });
console.log(
	"Watching. After a rebuild, press the reload arrow of AppConfig Inspector in chrome://extensions.",
);
