#!/usr/bin/env node
import { escapeInvisible } from "../shared/escape-invisible.ts";
import { commandName } from "./command-name.ts";
import { deploy } from "./deploy.ts";
import { toHelp } from "./help.ts";
import { init } from "./init.ts";
import { ls } from "./ls.ts";
import { parseOptions, UsageError } from "./options.ts";
import { serve } from "./serve.ts";

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
	const lines = error.message.split("\n").map(escapeInvisible);
	process.stderr.write(`${lines.join("\n")}\n`);
	process.exitCode = 1;
});
