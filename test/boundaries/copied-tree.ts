// A copy of the sources in which a test may place code that must not compile.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { binary, fromRoot } from "../../scripts/paths.ts";

export interface CopiedTree {
	/** `path` from the project's folder. */
	write(path: string, text: string): void;
	/** What the compiler says about the whole solution, as lines `path(line,column): error TS…`. */
	compile(): readonly string[];
	/** What the linter says, as one text. */
	lint(path: string): string;
}

const COPIED = [
	"src",
	"scripts",
	"biome.json",
	"manifest.json",
	"package.json",
	"tsconfig.base.json",
	".gitignore",
];

/** In .cache/, so that packages are found as from the project itself. */
export function createCopiedTree(name: string): CopiedTree {
	const root = fromRoot(".cache/boundaries", name);
	rmSync(root, { recursive: true, force: true });
	mkdirSync(root, { recursive: true });
	for (const path of COPIED)
		cpSync(fromRoot(path), join(root, path), { recursive: true });
	const run = (command: string, args: readonly string[]) =>
		spawnSync(process.execPath, [command, ...args], {
			cwd: root,
			encoding: "utf8",
		});
	return {
		write: (path, text) => {
			mkdirSync(dirname(join(root, path)), { recursive: true });
			writeFileSync(join(root, path), text);
		},
		compile: () => {
			const layers = LAYERS.map((layer) => `src/${layer}`);
			const { stdout } = run(binary("tsc"), [
				"-b",
				"--pretty",
				"false",
				...layers,
			]);
			return stdout.split("\n");
		},
		lint: (path) => {
			const { stdout, stderr } = run(binary("biome"), ["lint", path]);
			return stdout + stderr;
		},
	};
}

const LAYERS = ["popup", "devtools", "options", "background", "emulator"];
