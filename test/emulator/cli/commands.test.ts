import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { commandName } from "../../../src/emulator/cli/command-name.ts";
import { deploy } from "../../../src/emulator/cli/deploy.ts";
import { toHelp } from "../../../src/emulator/cli/help.ts";
import { init, toClientSetup } from "../../../src/emulator/cli/init.ts";
import { ls } from "../../../src/emulator/cli/ls.ts";
import { parseOptions } from "../../../src/emulator/cli/options.ts";
import { serve } from "../../../src/emulator/cli/serve.ts";
import { createHarness } from "../harness.ts";

function createHome(): string {
	const home = mkdtempSync(join(tmpdir(), "commands-"));
	onTestFinished(() => rmSync(home, { recursive: true }));
	writeFileSync(join(home, "note.txt"), "hello");
	return home;
}

interface List {
	readonly Items: readonly { readonly Id: string; readonly Name: string }[];
}

async function read(url: string): Promise<List> {
	return (await (await fetch(url)).json()) as List;
}

async function startServer(text: string, status = 200): Promise<string> {
	const server = createServer((_, response) => {
		response.writeHead(status);
		response.end(text);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const COMMANDS = { deploy, init, ls, serve };

/** Returns standard output. Rejects with the message for standard error. */
async function run(
	command: keyof typeof COMMANDS,
	...args: string[]
): Promise<string> {
	const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
	onTestFinished(() => write.mockRestore());
	await COMMANDS[command](parseOptions([command, ...args]));
	return write.mock.calls.join("");
}

describe("A command line", () => {
	test.each([
		[["--host", ""], "--host is empty"],
		[["--allow-host", "a", "--allow-host", ""], "--allow-host is empty"],
		[[""], "An argument is empty"],
		[["init", ""], "An argument is empty"],
		[["deploy", "f", "a/b/c", "--port", "5000"], "deploy does not take --port"],
		[["ls", "--data", "d"], "ls does not take --data"],
		[["serve", "--endpoint", "x"], "serve does not take --endpoint"],
		[["init", "a", "b"], "init takes one directory, not a b"],
		[["serv", "d"], "The commands are serve, init, deploy, ls"],
		[["ls", "d", "--endpoint", "http://x"], "not both"],
	])("of %j is refused", (args, message) => {
		expect(() => parseOptions(args)).toThrow(message);
	});

	test("with --help is not checked further", () => {
		expect(parseOptions(["ls", "--data", "", "-h"]).command).toBe("help");
	});

	test("ignores an empty ACCESS_TOKEN in the environment", () => {
		vi.stubEnv("ACCESS_TOKEN", "");
		onTestFinished(() => void vi.unstubAllEnvs());
		expect(parseOptions([]).emulator.accessToken).toBeUndefined();
	});
});

describe("A directory", () => {
	test.each(["serve", "ls"] as const)(
		"that is a file is refused by %s",
		async (command) => {
			const file = join(createHome(), "note.txt");
			await expect(run(command, file)).rejects.toThrow(
				`${file} cannot be read: ENOTDIR`,
			);
		},
	);

	test("that cannot be written is an error of init", async () => {
		const file = join(createHome(), "note.txt");
		await expect(run("init", file)).rejects.toThrow(`Cannot write ${file}:`);
	});

	test("with a space in its name is quoted in the output of init", async () => {
		const directory = join(createHome(), "my sample");
		const output = await run("init", directory, "--port", "80");
		expect(output).toContain(`main.js '${directory}' --port 80\n`);
		expect(output).toContain(`volumes: ["${directory}:/config:ro", `);
		expect(output).not.toContain("npx");
	});

	test("of --data is unlocked when the port is in use", async () => {
		const data = join(createHome(), "data");
		const port = new URL(await startServer("")).port;
		await expect(
			run("serve", "examples", "--data", data, "--port", port),
		).rejects.toThrow(`Port ${port} is in use`);
		expect(readdirSync(data)).toEqual(["journal.jsonl"]);
	});
});

test("A damaged journal ends the start with its line number, and unlocks the directory", async () => {
	const data = createHome();
	const journal = join(data, "journal.jsonl");
	const head = '{"format":"appconfig-emulator","version":1}';
	writeFileSync(journal, `${head}\n[{"table":\n[]\n`);
	await expect(
		run("serve", "examples", "--data", data, "--port", "0"),
	).rejects.toThrow(`line 2 of ${journal} is damaged. Remove that line`);
	expect(readdirSync(data).sort()).toEqual(["journal.jsonl", "note.txt"]);
});

describe("ls", () => {
	test("prints control characters in names as escapes, one line per name", async () => {
		const harness = createHarness({
			"shop\u202e/test/a\tb\u001b[2J.json": "1",
			"käse ☀/тест/👩‍👩‍👧.json": "1",
		});
		const listed = await run("ls", harness.directory);
		expect(listed.split("\n").sort()).toEqual([
			"",
			"käse ☀/тест/👩‍👩‍👧\tkäse ☀/тест/👩‍👩‍👧.json",
			"shop\\u{202E}/test/a\\u{9}b\\u{1B}[2J\tshop\\u{202E}/test/a\\u{9}b\\u{1B}[2J.json",
		]);
		const { url } = await harness.emulator.listen({ port: 0 });
		const running = await run("ls", "--endpoint", url);
		expect(running).toContain(
			"shop\\u{202E}/test/a\\u{9}b\\u{1B}[2J\tdeployment 1",
		);
		expect(running.replaceAll(/[\t\n]/g, "")).not.toMatch(/[\p{Cc}\u202e]/u);
	});
});

describe("The printed command name", () => {
	const env = { PATH: "/usr/bin:/home/me/app/node_modules/.bin" };
	const directory = "/home/me/app";

	test.each([
		[
			"/home/me/app/build/emulator/cli/main.js",
			env,
			"node build/emulator/cli/main.js",
		],
		["/home/me/tool/my cli.js", env, "node '../tool/my cli.js'"],
		[
			"/home/me/app/build/emulator/cli/main.js",
			{ ...env, npm_lifecycle_event: "emulator" },
			"npm run emulator --",
		],
		["/usr/bin/appconfig-emulator", env, "appconfig-emulator"],
		[
			"/home/me/app/node_modules/.bin/appconfig-emulator",
			{ ...env, npm_lifecycle_event: "npx" },
			"node_modules/.bin/appconfig-emulator",
		],
	])("for %s can be typed again", (program, given, name) => {
		expect(commandName({ program, directory, env: given })).toBe(name);
	});

	test("is never npx, which could run another package of that name", () => {
		expect(toHelp(commandName())).not.toContain("npx");
		expect(toClientSetup("appconfig", 4772)).not.toContain("npx");
	});
});

describe("deploy", () => {
	let file: string;
	beforeEach(() => {
		file = join(createHome(), "note.txt");
	});

	test("creates nothing when the strategy does not exist", async () => {
		const harness = createHarness();
		const { url } = await harness.emulator.listen({ port: 0 });
		const args = [file, "shop/test/note", "--endpoint", url];
		await expect(run("deploy", ...args, "--strategy", "x")).rejects.toThrow(
			"There is no deployment strategy x. The strategies are AppConfig.AllAtOnce",
		);
		expect(await (await fetch(`${url}/applications`)).json()).toEqual({
			Items: [],
		});
		expect(await run("deploy", ...args, "--label", "first")).toContain(
			"shop/test/note version 1, deployment 1",
		);
	});

	test("deletes a version that it cannot deploy, so that its label can be used again", async () => {
		const harness = createHarness();
		const { url } = await harness.emulator.listen({ port: 0 });
		const args = [file, "shop/test/note", "--endpoint", url];
		await run("deploy", ...args, "--strategy", "AppConfig.AllAtOnce");
		const second = [...args, "--label", "second"];
		await expect(run("deploy", ...second)).rejects.toThrow("in progress");
		harness.advance(10 * 60);
		expect(await run("deploy", ...second)).toContain("deployment 2");
	});

	test("can be repeated immediately, because its strategy does not bake", async () => {
		const harness = createHarness();
		const { url } = await harness.emulator.listen({ port: 0 });
		const args = [file, "shop/test/note", "--endpoint", url];
		for (const number of [1, 2, 3])
			expect(await run("deploy", ...args)).toContain(
				`version ${number}, deployment ${number} COMPLETE`,
			);
		const { Items } = await read(`${url}/deploymentstrategies`);
		const own = Items.filter(({ Name }) => !Name.startsWith("AppConfig."));
		expect(own.map(({ Name }) => Name)).toEqual(["appconfig-emulator.no-bake"]);
	});

	test("prints how to stop the deployment that is in progress", async () => {
		const harness = createHarness();
		const { url } = await harness.emulator.listen({ port: 0 });
		const args = [file, "shop/test/note", "--endpoint", url];
		await run("deploy", ...args, "--strategy", "AppConfig.AllAtOnce");
		const error = await run("deploy", ...args).catch(String);
		const [, application, environment, number, endpoint] =
			/stop it: aws appconfig stop-deployment --application-id (\w+) --environment-id (\w+) --deployment-number (\d+) --endpoint-url (\S+)$/.exec(
				error,
			) ?? [];
		expect(error).toContain("It is BAKING at 100 %");
		const stopped = await fetch(
			`${endpoint}/applications/${application}/environments/${environment}/deployments/${number}`,
			{ method: "DELETE" },
		);
		expect(stopped.status).toBe(202);
		expect(await run("deploy", ...args)).toContain("deployment 2 COMPLETE");
	});

	test("deletes what it created when it fails, and nothing else", async () => {
		const harness = createHarness({ "shop/test/settings.json": "1" });
		const { url } = await harness.emulator.listen({ port: 0 });
		const to = ["--endpoint", url];
		const empty = join(createHome(), "empty.txt");
		writeFileSync(empty, "");
		const lists = async () => {
			const [{ Items: applications }, { Items: strategies }] =
				await Promise.all([
					read(`${url}/applications`),
					read(`${url}/deploymentstrategies`),
				]);
			const below = await Promise.all(
				applications.flatMap(({ Id }) =>
					["environments", "configurationprofiles"].map((list) =>
						read(`${url}/applications/${Id}/${list}`),
					),
				),
			);
			return JSON.stringify([applications, strategies, below]);
		};
		const before = await lists();
		for (const names of ["new/test/note", "shop/new/note", "shop/test/note"]) {
			await expect(run("deploy", empty, names, ...to)).rejects.toThrow(
				"Content is required",
			);
			expect(await lists()).toBe(before);
		}
		await expect(
			run("deploy", file, `shop/test/${"x".repeat(200)}`, ...to),
		).rejects.toThrow("400");
		expect(await lists()).toBe(before);
	});

	test("prints control characters in error messages as escapes", async () => {
		const hostile = "\u001b[2J\u202egpj.exe\n2026 forged line\u009b31m";
		const endpoint = await startServer(
			JSON.stringify({ Message: hostile }),
			400,
		);
		const error = await run(
			"deploy",
			file,
			"a/b/c",
			"--endpoint",
			endpoint,
		).catch(String);
		expect(error).toContain(
			"\\u{1B}[2J\\u{202E}gpj.exe\\u{A}2026 forged line\\u{9B}31m",
		);
		expect(error).not.toMatch(/[\p{Cc}\u202e]/u);
	});

	test.each([
		[["--label", "☀"], "--label takes 1 to 64 Latin-1 characters"],
		[["--label", "12"], "--label takes 1 to 64 Latin-1 characters"],
		[["--content-type", "text/☀"], "--content-type takes a media type such as"],
		[["--endpoint", "127.0.0.1:4772"], "--endpoint takes a URL such as"],
		[["--endpoint", "localhost:4772"], "--endpoint takes a URL such as"],
	])("refuses %j", async (args, message) => {
		await expect(run("deploy", file, "a/b/c", ...args)).rejects.toThrow(
			message,
		);
	});

	test.each(["[]", "null", "<p>Hello</p>"])(
		"refuses a server that replies with %s",
		async (text) => {
			const endpoint = await startServer(text);
			await expect(
				run("deploy", file, "a/b/c", "--endpoint", endpoint),
			).rejects.toThrow("is not AppConfig");
		},
	);
});
