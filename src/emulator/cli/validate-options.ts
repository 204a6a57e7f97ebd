// What each command takes: what it would pass over in silence is refused instead.
import { UsageError } from "./usage-error.ts";

export const COMMANDS = ["serve", "init", "deploy", "ls"] as const;
export type CommandName = (typeof COMMANDS)[number];

const CLIENT_OPTIONS = ["endpoint", "label", "strategy", "content-type"];
/** `serve` takes all that is not a client's. */
const ALLOWED_OPTIONS: Readonly<
	Partial<Record<CommandName, readonly string[]>>
> = {
	init: ["port"],
	deploy: CLIENT_OPTIONS,
	ls: ["endpoint"],
};

/** Throws UsageError. */
export function validateOptions(
	named: CommandName | undefined,
	positionals: readonly string[],
	values: Readonly<Record<string, unknown>>,
): void {
	const command = named ?? "serve";
	for (const [name, value] of Object.entries(values)) {
		if ([value].flat().includes(""))
			throw new UsageError(`--${name} is empty; was a variable not set?`);
		if (
			!(
				ALLOWED_OPTIONS[command]?.includes(name) ??
				!CLIENT_OPTIONS.includes(name)
			)
		)
			throw new UsageError(`${command} does not take --${name}; see --help`);
	}
	if (positionals.includes(""))
		throw new UsageError("An argument is empty; was a variable not set?");
	if (command !== "deploy" && positionals.length > 1)
		throw new UsageError(
			`${command} takes one directory, not ${positionals.join(" ")}${named ? "" : `; the commands are ${COMMANDS.join(", ")}`}`,
		);
	if (values.endpoint !== undefined && command === "ls" && positionals[0])
		throw new UsageError("ls takes a directory or --endpoint, not both");
}
