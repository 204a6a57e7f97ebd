import { build } from "vite";
import { fromRoot } from "../paths.ts";

/** Builds the extension into dist/, without source maps by default: they are three times the size of the extension. */
export async function bundle({
	sourceMaps = false,
}: {
	readonly sourceMaps?: boolean;
} = {}): Promise<void> {
	await build({
		root: fromRoot(),
		logLevel: "warn",
		build: { sourcemap: sourceMaps },
	});
}
