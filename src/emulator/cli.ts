#!/usr/bin/env node
import { commandName } from "./cli/command-name.ts";
import { deploy } from "./cli/deploy.ts";
import { toHelp } from "./cli/help.ts";
import { init } from "./cli/init.ts";
import { ls } from "./cli/ls.ts";
import { parseOptions } from "./cli/options.ts";
import { serve } from "./cli/serve.ts";
import { UsageError } from "./cli/usage-error.ts";
import { escapeInvisible } from "./shared/escape-invisible.ts";

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
	const lines = error.message.split("\n").map(escapeInvisible);
	process.stderr.write(`${lines.join("\n")}\n`);
	process.exitCode = 1;
});
