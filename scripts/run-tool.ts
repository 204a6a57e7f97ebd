import { spawn } from "node:child_process";
import { fromRoot } from "./paths.ts";

export interface RunOptions {
	readonly env?: Readonly<Record<string, string>>;
	/** Where standard output goes. Standard error is always shown. */
	readonly stdout?: "inherit" | "ignore";
}

/** Runs a tool in a Node of its own. Resolves with the exit code; a tool that a signal ended counts as failed. */
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
