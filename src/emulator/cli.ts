#!/usr/bin/env node
// The command `appconfig-emulator`: reads its options and hands them to the command they name.
import { deploy } from "./commands/deploy.ts";
import { HELP } from "./commands/help.ts";
import { init } from "./commands/init.ts";
import { ls } from "./commands/ls.ts";
import { parseOptions } from "./commands/options.ts";
import { serve } from "./commands/serve.ts";
import { UsageError } from "./commands/usage-error.ts";

async function main(): Promise<void> {
	const options = parseOptions(process.argv.slice(2));
	switch (options.command) {
		case "help":
			process.stdout.write(HELP);
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
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
