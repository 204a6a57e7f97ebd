import { spawn } from "node:child_process";
import { fromRoot } from "./paths.ts";

export interface RunOptions {
	readonly env?: Readonly<Record<string, string>>;
	/** Where its standard output goes; errors are always shown. */
	readonly stdout?: "inherit" | "ignore";
}

/** Resolves with the exit code; a tool ended by a signal counts as failed. */
export function runNode(
	args: readonly string[],
	options: RunOptions = {},
): Promise<number> {
	return run(process.execPath, args, options);
}

export function run(
	command: string,
	args: readonly string[],
	{ env = {}, stdout = "inherit" }: RunOptions = {},
): Promise<number> {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd: fromRoot(),
			env: { ...process.env, ...env },
			stdio: ["ignore", stdout, "inherit"],
		});
		child.on("error", (error) => {
			console.error(`${command}: ${error.message}`);
			resolve(127);
		});
		child.on("exit", (code) => resolve(code ?? 1));
	});
}
