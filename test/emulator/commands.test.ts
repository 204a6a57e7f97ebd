// What is typed wrongly is refused before anything is done, in words that say what to do.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { deploy } from "../../src/emulator/commands/deploy.ts";
import { init } from "../../src/emulator/commands/init.ts";
import { ls } from "../../src/emulator/commands/ls.ts";
import { parseOptions } from "../../src/emulator/commands/options.ts";
import { serve } from "../../src/emulator/commands/serve.ts";
import { createDesk } from "./desk.ts";

function createHome(): string {
	const home = mkdtempSync(join(tmpdir(), "commands-"));
	onTestFinished(() => rmSync(home, { recursive: true }));
	writeFileSync(join(home, "note.txt"), "hello");
	return home;
}

async function answering(text: string): Promise<string> {
	const server = createServer((_, response) => response.end(text));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const COMMANDS = { deploy, init, ls, serve };

/** Rejects with what would be said on standard error. */
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
		[["serv", "d"], "the commands are serve, init, deploy, ls"],
		[["ls", "d", "--endpoint", "http://x"], "not both"],
	])("of %j is refused", (args, message) => {
		expect(() => parseOptions(args)).toThrow(message);
	});

	test("may ask for help with whatever else there is", () => {
		expect(parseOptions(["ls", "--data", "", "-h"]).command).toBe("help");
	});

	test("takes no token from an environment that holds an empty one", () => {
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

	test("that cannot be written is said by init", async () => {
		const file = join(createHome(), "note.txt");
		await expect(run("init", file)).rejects.toThrow(`Cannot write ${file}:`);
	});

	test("of any name can be pasted from what init says", async () => {
		const directory = join(createHome(), "my sample");
		const said = await run("init", directory, "--port", "80");
		expect(said).toContain(`appconfig-emulator '${directory}' --port 80\n`);
		expect(said).toContain(`volumes: ["${directory}:/config:ro"]`);
	});

	test("of data is not left locked by an emulator that did not find its port", async () => {
		const data = join(createHome(), "data");
		const port = new URL(await answering("")).port;
		await expect(
			run("serve", "examples", "--data", data, "--port", port),
		).rejects.toThrow(`Port ${port} is taken`);
		expect(readdirSync(data)).toEqual(["journal.jsonl"]);
	});
});

test("A damaged journal is named, with what to do, and its folder is not left locked", async () => {
	const data = createHome();
	const journal = join(data, "journal.jsonl");
	const head = '{"format":"appconfig-emulator","version":1}';
	writeFileSync(journal, `${head}\n[{"table":\n[]\n`);
	await expect(
		run("serve", "examples", "--data", data, "--port", "0"),
	).rejects.toThrow(`line 2 of ${journal} is damaged; keep what stands above`);
	expect(readdirSync(data).sort()).toEqual(["journal.jsonl", "note.txt"]);
});

describe("deploy", () => {
	let file: string;
	beforeEach(() => {
		file = join(createHome(), "note.txt");
	});

	test("makes nothing when it does not know the strategy", async () => {
		const desk = createDesk();
		const { url } = await desk.emulator.listen({ port: 0 });
		const args = [file, "shop/test/note", "--endpoint", url];
		await expect(run("deploy", ...args, "--strategy", "x")).rejects.toThrow(
			"There is no strategy x, only AppConfig.AllAtOnce",
		);
		expect(await (await fetch(`${url}/applications`)).json()).toEqual({
			Items: [],
		});
		expect(await run("deploy", ...args, "--label", "first")).toContain(
			"shop/test/note version 1, deployment 1",
		);
	});

	test("leaves no version behind that could not be deployed, so that its label is free", async () => {
		const desk = createDesk();
		const { url } = await desk.emulator.listen({ port: 0 });
		const args = [file, "shop/test/note", "--endpoint", url];
		await run("deploy", ...args);
		const second = [...args, "--label", "second"];
		await expect(run("deploy", ...second)).rejects.toThrow("under way");
		desk.advance(10 * 60);
		expect(await run("deploy", ...second)).toContain("deployment 2");
	});

	test.each([
		[["--label", "☀"], "--label takes 1 to 64 characters"],
		[["--label", "12"], "--label takes 1 to 64 characters"],
		[["--content-type", "text/☀"], "--content-type takes a type such as"],
		[["--endpoint", "127.0.0.1:4772"], "--endpoint takes a URL such as"],
		[["--endpoint", "localhost:4772"], "--endpoint takes a URL such as"],
	])("refuses %j", async (args, message) => {
		await expect(run("deploy", file, "a/b/c", ...args)).rejects.toThrow(
			message,
		);
	});

	test.each(["[]", "null", "<p>Hello</p>"])(
		"says that %s is not what AppConfig answers",
		async (text) => {
			const endpoint = await answering(text);
			await expect(
				run("deploy", file, "a/b/c", "--endpoint", endpoint),
			).rejects.toThrow("is no AppConfig");
		},
	);
});
