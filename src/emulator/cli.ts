#!/usr/bin/env node
import { commandName } from "./commands/command-name.ts";
import { deploy } from "./commands/deploy.ts";
import { toHelp } from "./commands/help.ts";
import { init } from "./commands/init.ts";
import { ls } from "./commands/ls.ts";
import { parseOptions } from "./commands/options.ts";
import { serve } from "./commands/serve.ts";
import { UsageError } from "./commands/usage-error.ts";
import { visible } from "./visible.ts";

async function main(): Promise<void> {
	const options = parseOptions(process.argv.slice(2));
	switch (options.command) {
		case "help":
			process.stdout.write(toHelp(commandName()));
			return;
		case "init":
			return init(options);
		case "deploy":
			return deploy(options);
		case "ls":
			return ls(options);
		case "serve":
			return serve(options);
	}
}

main().catch((error: unknown) => {
	if (!(error instanceof UsageError)) throw error;
	// Lines of our own are kept; those in others' words are escapes already.
	const lines = error.message.split("\n").map(visible);
	process.stderr.write(`${lines.join("\n")}\n`);
	process.exitCode = 1;
});
