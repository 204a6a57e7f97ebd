// Builds the extension into dist/.
import { build } from "vite";
import { fromRoot } from "./paths.ts";

export async function bundle(): Promise<void> {
	await build({ root: fromRoot(), logLevel: "warn" });
}
