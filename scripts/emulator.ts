// npm run emulator: runs the emulator in this process, so that its output, signals and exit code are the command's own.
import { pathToFileURL } from "node:url";
import { compileEmulator } from "./emulator-process.ts";
import { fromRoot } from "./paths.ts";

await compileEmulator();
await import(pathToFileURL(fromRoot("build/emulator/cli/main.js")).href);
