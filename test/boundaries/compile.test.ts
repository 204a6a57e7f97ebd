// Code that must not compile: forbidden imports between layers, and misuse of the command types.
import { beforeAll, describe, expect, test } from "vitest";
import { type CopiedTree, createCopiedTree } from "./copied-tree.ts";

interface Probe {
	readonly title: string;
	readonly path: string;
	readonly code: string;
	/** The compiler's words; absent for what must compile, so that the others fail for their reason only. */
	readonly error?: RegExp;
}

const NO_SUCH_NAME = (name: string) => new RegExp(`Cannot find name '${name}'`);
const NOT_IN_REACH = /TS6307|TS6059/;

const PROBES: readonly Probe[] = [
	{
		title: "the core may be written in plain ECMAScript",
		path: "src/core/probe-plain.ts",
		code: "export const sum = [1, 2].reduce((a, b) => a + b, 0);",
	},
	...["fetch", "setTimeout", "console", "chrome", "crypto", "process"].map(
		(name) => ({
			title: `the core does not know ${name}`,
			path: `src/core/probe-${name}.ts`,
			code: `export const found = ${name};`,
			error: NO_SUCH_NAME(name),
		}),
	),
	...["document", "localStorage", "window"].map((name) => ({
		title: `the background does not know ${name}`,
		path: `src/background/probe-${name}.ts`,
		code: `export const found = ${name};`,
		error: NO_SUCH_NAME(name),
	})),
	...["document", "fetch", "process", "Buffer"].map((name) => ({
		title: `the flags do not know ${name}`,
		path: `src/flags/probe-${name}.ts`,
		code: `export const found = ${name};`,
		error: NO_SUCH_NAME(name),
	})),
	...["document", "fetch", "setTimeout"].map((name) => ({
		title: `the reader of documents does not know ${name}`,
		path: `src/document/probe-${name}.ts`,
		code: `export const found = ${name};`,
		error: NO_SUCH_NAME(name),
	})),
	{
		title: "the background may use the core",
		path: "src/background/probe-core.ts",
		code: 'export { toSnapshot } from "../core/create-snapshot.ts";',
	},
	{
		title: "the emulator may use the flags",
		path: "src/emulator/probe-flags.ts",
		code: 'export { readIon } from "../flags/ion.ts";',
	},
	...[
		["core", "background/adapters/badge.ts"],
		["core", "ui/background-client/background-client.ts"],
		["document", "core/profile/profile.ts"],
		["storage", "background/adapters/storage-adapter.ts"],
		["ui", "background/adapters/storage-adapter.ts"],
		["ui", "popup/main.tsx"],
		["popup", "background/adapters/storage-adapter.ts"],
		["popup", "options/form/route.ts"],
		["devtools", "popup/main.tsx"],
		["background", "ui/background-client/background-client.ts"],
		["emulator", "core/profile/profile.ts"],
		["emulator", "document/json/tree.ts"],
		["flags", "document/json/tree.ts"],
		["flags", "emulator/shared/clock.ts"],
		["core", "emulator/data-plane/tokens.ts"],
	].map(([from = "", to = ""]) => ({
		title: `${from} does not import ${to}`,
		path: `src/${from}/probe-${to.replace(/\W/g, "-")}.ts`,
		code: `import "../${to}";`,
		error: NOT_IN_REACH,
	})),
	{
		title: "a Remote without a command is none",
		path: "src/core/probe-remote.ts",
		code: 'import type { ProfileRemote } from "./protocol/commands.ts";\nexport const remote = (rest: Omit<ProfileRemote, "pause">): ProfileRemote => ({ ...rest });',
		error: /Property 'pause' is missing/,
	},
	{
		title: "a plain string is no ProfileId",
		path: "src/core/probe-id.ts",
		code: 'import type { Remote } from "./protocol/commands.ts";\nexport const ask = (remote: Remote) => remote.pollNow({ id: "abc" });',
		error: /Type 'string' is not assignable to type .*\[profileId\]/,
	},
	{
		title: "a plain string is no Token",
		path: "src/core/probe-token.ts",
		code: 'import type { Effect } from "./session/session.ts";\nexport const effect: Effect = { type: "poll", attempt: 1, token: "abc" };',
		error: /Type 'string' is not assignable to type 'Token'/,
	},
	{
		title: "a Snapshot has no room for a token",
		path: "src/core/probe-snapshot.ts",
		code: 'import type { ProfileSnapshot } from "./protocol/snapshot.ts";\nexport const read = (snapshot: ProfileSnapshot) => snapshot.token;',
		error: /Property 'token' does not exist/,
	},
	{
		title: "a phase that the session does not know cannot be written",
		path: "src/core/probe-phase.ts",
		code: 'import type { Session } from "./session/session.ts";\nexport const session = (old: Session): Session => ({ ...old, phase: "sleeping" });',
		error: /"sleeping"/,
	},
];

describe("what the compiler refuses", () => {
	let output: readonly string[] = [];

	beforeAll(() => {
		const tree: CopiedTree = createCopiedTree("compile");
		for (const { path, code } of PROBES) tree.write(path, `${code}\n`);
		output = tree.compile();
	}, 120_000);

	for (const { title, path, error } of PROBES)
		test(title, () => {
			const found = output.filter((line) =>
				line.includes(path.split("/").pop() ?? path),
			);
			if (error) expect(found.join("\n")).toMatch(error);
			else expect(found).toEqual([]);
		});
});
