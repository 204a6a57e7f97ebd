// `init`: a sample directory, and the lines that point each client at the emulator.
import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeDirectory } from "../shared/file-system.ts";
import { toClientSetup } from "./client-setup.ts";
import { type CliOptions, DEFAULT_DIRECTORY, DEFAULT_PORT } from "./options.ts";
import { toErrorMessage, UsageError } from "./usage-error.ts";

const SAMPLE_FILES: Readonly<Record<string, string>> = {
	"shop/development/settings.json": `${JSON.stringify(
		{ greeting: "Good morning 👋", checkout: { timeoutSeconds: 30 } },
		null,
		2,
	)}\n`,
	"shop/development/settings.json.label": "first-steps\n",
	"shop/development/flags.json": `${JSON.stringify(
		{
			version: "1",
			flags: {
				checkout: { name: "New checkout", attributes: { discount: {} } },
			},
			values: {
				checkout: {
					_variants: [
						{
							name: "UK",
							enabled: true,
							rule: '(eq $country "uk")',
							attributeValues: { discount: 10 },
						},
						{ name: "default", enabled: false },
					],
				},
			},
		},
		null,
		2,
	)}\n`,
	"appconfig.json": `${JSON.stringify(
		{
			strategies: {
				careful: { durationMinutes: 2, growthFactor: 50, bakeMinutes: 1 },
			},
			applications: {
				shop: {
					profiles: {
						flags: { type: "AWS.AppConfig.FeatureFlags", format: "authoring" },
						settings: {
							validators: [{ type: "object", required: ["greeting"] }],
						},
					},
				},
			},
		},
		null,
		2,
	)}\n`,
};

export function init(options: CliOptions): void {
	const [directory = DEFAULT_DIRECTORY] = options.positionals;
	const inTheWay = Object.keys(SAMPLE_FILES).find((file) =>
		existsSync(join(directory, file)),
	);
	if (inTheWay !== undefined)
		throw new UsageError(`${join(directory, inTheWay)} is there already`);
	try {
		writeSample(directory);
	} catch (cause) {
		throw new UsageError(
			`Cannot write ${directory}: ${toErrorMessage(cause)}`,
			{
				cause,
			},
		);
	}
	process.stdout.write(toClientSetup(directory, options.port ?? DEFAULT_PORT));
}

function writeSample(directory: string): void {
	for (const [file, content] of Object.entries(SAMPLE_FILES)) {
		const path = join(directory, file);
		makeDirectory(dirname(path));
		writeFileSync(path, content);
	}
}
