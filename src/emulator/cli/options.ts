import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import type { EmulatorOptions } from "../emulator.ts";
import { formatBytes, parseBytes } from "../shared/byte-size.ts";
import { escapeInvisible } from "../shared/escape-invisible.ts";
import type { LogFormat } from "../shared/log.ts";
import { commandName } from "./command-name.ts";

export const DEFAULT_PORT = 4772;

/** The directory that `init` writes and `serve` serves by default. */
export const DEFAULT_DIRECTORY = "appconfig";

export const COMMANDS = ["serve", "init", "deploy", "ls"] as const;
export type CommandName = (typeof COMMANDS)[number];

/** A mistake on the command line or in the environment: the command prints the message and exits with 1. */
export class UsageError extends Error {}

export interface CliOptions {
	readonly command: CommandName | "help";
	readonly positionals: readonly string[];
	/** Undefined when the user did not ask for one. */
	readonly port: number | undefined;
	readonly host: string;
	readonly allowedHosts: readonly string[];
	readonly log: LogFormat | undefined;
	readonly data: string | undefined;
	readonly requireSignature: boolean;
	readonly policy: string | undefined;
	readonly scenario: string | undefined;
	readonly endpoint: string | undefined;
	readonly label: string | undefined;
	readonly strategy: string | undefined;
	readonly contentType: string | undefined;
	readonly emulator: Omit<EmulatorOptions, "directory" | "log" | "clock">;
}

const CLIENT_OPTIONS = ["endpoint", "label", "strategy", "content-type"];
/** `serve` takes all options but those of the clients `deploy` and `ls`. */
const ALLOWED_OPTIONS: Readonly<
	Partial<Record<CommandName, readonly string[]>>
> = {
	init: ["port"],
	deploy: CLIENT_OPTIONS,
	ls: ["endpoint"],
};

const TEXT = { type: "string" } as const;
const SWITCH = { type: "boolean" } as const;

/** Throws UsageError. */
export function parseOptions(args: readonly string[]): CliOptions {
	const { values, positionals: given } = parse(args);
	const named = COMMANDS.find((name) => name === given[0]);
	const positionals = named ? given.slice(1) : given;
	if (!values.help) validateOptions(named, positionals, values);
	if (values.scenario !== undefined && !values.testing)
		throw new UsageError("--scenario needs --testing");
	if (values.policy !== undefined && !values["require-signature"])
		throw new UsageError("--policy needs --require-signature");
	return {
		command: values.help ? "help" : (named ?? "serve"),
		positionals,
		port: toInteger("--port", values.port, { min: 0, max: 65_535 }),
		host: values.host ?? "127.0.0.1",
		allowedHosts: values["allow-host"] ?? [],
		log: toChoice("--log", values.log, ["pretty", "json", "events"]),
		data: values.data,
		requireSignature: values["require-signature"] ?? false,
		policy: values.policy,
		scenario: values.scenario,
		endpoint: values.endpoint,
		label: values.label,
		strategy: values.strategy,
		contentType: values["content-type"],
		emulator: toEmulatorOptions(values),
	};
}

type Values = ReturnType<typeof parse>["values"];

function toEmulatorOptions(values: Values): CliOptions["emulator"] {
	return {
		pollIntervalSeconds:
			toInteger("--poll-interval", values["poll-interval"], {
				min: 1,
				max: 86_400,
			}) ?? 60,
		testing: values.testing ?? false,
		corsOrigins: toOrigins(values.cors ?? []),
		storageLimitBytes: toStorageLimit(values["storage-limit"]),
		throttle: values.throttle ?? false,
		accessToken:
			values["access-token"] ?? (process.env.ACCESS_TOKEN || undefined),
		tokenMode:
			toChoice("--tokens", values.tokens, ["strict", "replay"]) ?? "strict",
		nothingDeployed:
			toChoice("--nothing-deployed", values["nothing-deployed"], [
				"start",
				"get",
			]) ?? "get",
		unchangedHeaders:
			toChoice("--unchanged-headers", values["unchanged-headers"], [
				"octet-stream",
				"same",
				"none",
			]) ?? "octet-stream",
		variants:
			toChoice("--variants", values.variants, ["accept", "ion", "json"]) ??
			"accept",
		linearSteps:
			toChoice("--linear-steps", values["linear-steps"], [
				"recorded",
				"even",
			]) ?? "recorded",
	};
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			allowPositionals: true,
			options: {
				port: TEXT,
				host: TEXT,
				"allow-host": { type: "string", multiple: true },
				"poll-interval": TEXT,
				data: TEXT,
				"storage-limit": TEXT,
				log: TEXT,
				tokens: TEXT,
				"nothing-deployed": TEXT,
				"unchanged-headers": TEXT,
				variants: TEXT,
				"linear-steps": TEXT,
				throttle: SWITCH,
				"require-signature": SWITCH,
				policy: TEXT,
				"access-token": TEXT,
				testing: SWITCH,
				scenario: TEXT,
				cors: { type: "string", multiple: true },
				endpoint: TEXT,
				label: TEXT,
				strategy: TEXT,
				"content-type": TEXT,
				help: { type: "boolean", short: "h" },
			},
		});
	} catch (cause) {
		const reason = toErrorMessage(cause);
		throw new UsageError(
			reason.includes("'--cors")
				? `${CORS_USAGE}. No origin was given.`
				: reason,
			{ cause },
		);
	}
}

/** Refuses options and arguments that the command would ignore. */
function validateOptions(
	named: CommandName | undefined,
	positionals: readonly string[],
	values: Readonly<Record<string, unknown>>,
): void {
	const command = named ?? "serve";
	for (const [name, value] of Object.entries(values)) {
		if ([value].flat().includes(""))
			throw new UsageError(
				`--${name} is empty. Check that the variable is set.`,
			);
		const isAllowed =
			ALLOWED_OPTIONS[command]?.includes(name) ??
			!CLIENT_OPTIONS.includes(name);
		if (!isAllowed)
			throw new UsageError(`${command} does not take --${name}. See --help.`);
	}
	if (positionals.includes(""))
		throw new UsageError(
			"An argument is empty. Check that the variable is set.",
		);
	if (command !== "deploy" && positionals.length > 1)
		throw new UsageError(
			`${command} takes one directory, not ${positionals.join(" ")}${named ? "" : `. The commands are ${COMMANDS.join(", ")}.`}`,
		);
	if (values.endpoint !== undefined && command === "ls" && positionals[0])
		throw new UsageError("ls takes a directory or --endpoint, not both");
}

const MIN_STORAGE_BYTES = 100_000;

function toStorageLimit(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const bytes = parseBytes(text);
	if (bytes === undefined || bytes < MIN_STORAGE_BYTES)
		throw new UsageError(
			`--storage-limit takes a size of at least ${formatBytes(MIN_STORAGE_BYTES)}, such as 500MB or 2GB, not ${escapeInvisible(text)}`,
		);
	return bytes;
}

const CORS_USAGE =
	"--cors takes origins of web pages such as http://localhost:3000, separated by commas, or '*' for every page";

function toOrigins(values: readonly string[]): string[] {
	return values
		.flatMap((value) => value.split(","))
		.map((text) => text.trim())
		.map((text) => {
			const origin = text === "*" ? text : toOrigin(text);
			if (origin === undefined)
				throw new UsageError(
					`${CORS_USAGE}, not ${escapeInvisible(text) || "an empty origin"}`,
				);
			return origin;
		});
}

/** Normalizes as browsers do: lower case, without a default port or a path. */
function toOrigin(text: string): string | undefined {
	if (/^(?:chrome|moz|safari-web)-extension:\/\/[\w.-]+\/?$/i.test(text))
		return text.toLowerCase().replace(/\/$/, "");
	const url = URL.canParse(text) ? new URL(text) : undefined;
	// URL accepts "*" in a host name, but such an origin would match no page.
	if (text.includes("*")) return undefined;
	return url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
		? url.origin
		: undefined;
}

function toInteger(
	name: string,
	text: string | undefined,
	{ min, max }: { readonly min: number; readonly max: number },
): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (!/^\d+$/.test(text) || value < min || value > max)
		throw new UsageError(`${name} takes a whole number from ${min} to ${max}`);
	return value;
}

function toChoice<T extends string>(
	name: string,
	text: string | undefined,
	choices: readonly T[],
): T | undefined {
	if (text === undefined) return undefined;
	const choice = choices.find((one) => one === text);
	if (choice === undefined)
		throw new UsageError(`${name} takes ${choices.join(" or ")}`);
	return choice;
}

/** The named directory, the default one, or the examples of this repository. Throws UsageError. */
export function resolveDirectory({ positionals }: CliOptions): string {
	const [named] = positionals;
	if (named !== undefined) return named;
	const found = [DEFAULT_DIRECTORY, "examples"].find((one) => existsSync(one));
	if (found !== undefined) return found;
	throw new UsageError(
		`There is no directory ${DEFAULT_DIRECTORY} here. Name the directory to serve, or write a sample: ${commandName()} init`,
	);
}

export function toErrorMessage(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
