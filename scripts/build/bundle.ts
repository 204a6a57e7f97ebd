import { build } from "vite";
import { fromRoot } from "../paths.ts";

/** Builds the extension into dist/. Source maps are three times the size of the extension, and nobody but a developer reads them. */
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
