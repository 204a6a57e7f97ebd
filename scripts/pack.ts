// npm run pack:emulator: packs the emulator with its dependencies bundled, so that it installs without a registry.
import {
	cpSync,
	mkdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { compileEmulator } from "./emulator-process.ts";
import { fromRoot } from "./paths.ts";
import { run } from "./run-tool.ts";

interface Manifest {
	readonly version: string;
	readonly license: string;
	readonly engines: Readonly<Record<string, string>>;
	readonly dependencies?: Readonly<Record<string, string>>;
}

/** The npm packages that the emulator imports. */
const DEPENDENCIES = ["ajv", "ion-js", "re2js"];
const target = fromRoot("build/package");

await compileEmulator();
rmSync(target, { recursive: true, force: true });
const { version, license, engines, dependencies } = readManifest(
	fromRoot("package.json"),
);
mkdirSync(target, { recursive: true });
writeFileSync(
	join(target, "package.json"),
	JSON.stringify(
		{
			name: "appconfig-emulator",
			version,
			description:
				"AWS AppConfig on your machine: data plane, control plane and the Agent's endpoints, fed by files.",
			license,
			// Its name is not ours on npm.
			private: true,
			type: "module",
			engines,
			bin: { "appconfig-emulator": "emulator/cli/main.js" },
			dependencies: Object.fromEntries(
				DEPENDENCIES.map((name) => [name, dependencies?.[name]]),
			),
			bundleDependencies: DEPENDENCIES,
		},
		null,
		2,
	),
);
for (const folder of ["emulator", "flags"])
	copy(
		`build/${folder}`,
		folder,
		(file) => !/\.(tsbuildinfo|d\.ts)$/.test(file),
	);
copy("examples", "examples");
copy("LICENSE", "LICENSE");
copy("docs/emulator.md", "README.md");
copy("docs/emulator-clients.md", "emulator-clients.md");
for (const name of new Set(DEPENDENCIES.flatMap((one) => [...closureOf(one)])))
	copy(`node_modules/${name}`, `node_modules/${name}`);
process.exitCode = await pack();

function copy(
	from: string,
	to: string,
	filter: (file: string) => boolean = () => true,
): void {
	cpSync(fromRoot(from), join(target, to), { recursive: true, filter });
}

/** A package and all its transitive dependencies. */
function closureOf(name: string, found = new Set<string>()): Set<string> {
	if (found.has(name)) return found;
	found.add(name);
	const manifest = readManifest(fromRoot("node_modules", name, "package.json"));
	for (const one of Object.keys(manifest.dependencies ?? {}))
		closureOf(one, found);
	return found;
}

function readManifest(path: string): Manifest {
	return JSON.parse(readFileSync(path, "utf8")) as Manifest;
}

function pack(): Promise<number> {
	const npm = process.env.npm_execpath;
	const args = ["pack", target, "--pack-destination", fromRoot("build")];
	return npm ? run(process.execPath, [npm, ...args]) : run("npm", args);
}
