// The command as a user starts it: first line, ports, signals, mistakes.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";

/** The note, through the Agent's endpoint. */
async function readNote(endpoint: string): Promise<string> {
	const reply = await fetch(
		`${endpoint}/applications/shop/environments/development/configurations/note`,
	);
	return reply.text();
}

interface Run {
	readonly child: ChildProcess;
	readonly lines: Interface;
	readonly firstLine: Promise<string>;
	readonly ended: Promise<{
		code: number | null;
		output: string;
		errors: string;
	}>;
}

function run(...args: string[]): Run {
	const child = spawn(process.execPath, ["build/emulator/cli.js", ...args]);
	onTestFinished(() => void child.kill("SIGKILL"));
	let errors = "";
	let output = "";
	child.stdout.on("data", (chunk) => {
		output += chunk;
	});
	child.stderr.on("data", (chunk) => {
		errors += chunk;
	});
	const lines = createInterface(child.stdout);
	return {
		child,
		lines,
		firstLine: new Promise((resolve) => lines.once("line", resolve)),
		ended: new Promise((resolve) =>
			child.once("close", (code) => resolve({ code, output, errors })),
		),
	};
}

describe("The command", () => {
	beforeAll(() => {
		execFileSync("npx", ["tsc", "-b", "src/emulator"]);
	});

	test.each(["SIGINT", "SIGTERM"] as const)(
		"says where it listens, answers there, and ends with 0 on %s",
		async (signal) => {
			const { child, firstLine, ended } = run("examples", "--port", "0");
			const line = await firstLine;
			expect(line).toMatch(
				/^AppConfig emulator listening on http:\/\/127\.0\.0\.1:\d+$/,
			);
			const reply = await fetch(
				`${line.split(" ").at(-1)}/configurationsessions`,
				{
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify({
						ApplicationIdentifier: "storefront",
						EnvironmentIdentifier: "development",
						ConfigurationProfileIdentifier: "settings",
					}),
				},
			);
			expect(reply.status).toBe(201);
			child.kill(signal);
			expect(await ended).toMatchObject({ code: 0, errors: "" });
		},
	);

	test("says a JSON line for each request when nobody watches, and goes on when its reader has gone", async () => {
		const { child, firstLine, ended, lines } = run("examples", "--port", "0");
		const url = (await firstLine).split(" ").at(-1);
		const said = once(lines, "line");
		expect((await fetch(`${url}/ping`)).status).toBe(200);
		expect(JSON.parse((await said)[0])).toMatchObject({ path: "/ping" });
		child.stdout?.destroy();
		for (let asked = 0; asked < 3; asked += 1)
			expect((await fetch(`${url}/ping`)).status).toBe(200);
		child.kill();
		expect(await ended).toMatchObject({ code: 0, errors: "" });
	});

	test("init, serve, deploy and ls work together, and --data keeps what was deployed", async () => {
		const home = mkdtempSync(join(tmpdir(), "home-"));
		onTestFinished(() => rmSync(home, { recursive: true }));
		const directory = join(home, "config");
		const data = join(home, "data");
		const made = await run("init", directory).ended;
		expect(made).toMatchObject({ code: 0, errors: "" });
		for (const line of [
			"AWS_ENDPOINT_URL_APPCONFIGDATA=http://127.0.0.1:4772",
			"new AppConfigDataClient({ endpoint:",
			"endpoint_url=",
			"endpointOverride(URI.create(",
			"o.BaseEndpoint = aws.String(",
			"--endpoint-url http://127.0.0.1:4772",
			"AppConfig Agent",
			"Docker Compose",
		])
			expect(made.output).toContain(line);
		expect(await run("init", directory).ended).toMatchObject({ code: 1 });
		expect((await run("ls", directory).ended).output).toContain(
			"shop/development/flags\tshop/development/flags.json",
		);
		const file = join(home, "note.txt");
		writeFileSync(file, "hello");
		const serveArgs = [directory, "--data", data, "--port", "0"];
		const first = run(...serveArgs);
		const endpoint = (await first.firstLine).split(" ").at(-1) ?? "";
		const to = ["--endpoint", endpoint];
		const deployed = await run(
			"deploy",
			file,
			"shop/development/note",
			"--label",
			"first",
			...to,
		).ended;
		expect(deployed).toMatchObject({ code: 0, errors: "" });
		expect(deployed.output).toContain("version 1, deployment");
		expect((await run(...serveArgs).ended).errors).toContain("is in use by");
		first.child.kill("SIGKILL");
		await first.ended;
		const second = run("serve", ...serveArgs);
		const again = (await second.firstLine).split(" ").at(-1) ?? "";
		const listed = await run("ls", "--endpoint", again).ended;
		expect(listed.output).toContain("shop/development/note\tdeployment");
		expect(await readNote(again)).toBe("hello");
	});

	test("of five that start at once on one --data directory, one serves", async () => {
		const data = mkdtempSync(join(tmpdir(), "data-"));
		onTestFinished(() => rmSync(data, { recursive: true }));
		const runs = Array.from({ length: 5 }, () =>
			run("examples", "--data", data, "--port", "0"),
		);
		const refused = await new Promise<string[]>((resolve) => {
			const errors: string[] = [];
			for (const { ended } of runs)
				void ended.then((end) => {
					errors.push(`${end.code} ${end.errors}`);
					if (errors.length === 4) resolve(errors);
				});
		});
		for (const error of refused)
			expect(error).toMatch(/^1 .*is in use by process \d+/);
		const lines = runs.map(({ firstLine }) => firstLine);
		expect(await Promise.race(lines)).toContain(
			"listening on http://127.0.0.1",
		);
	});

	test("refuses a port that is taken, when it was asked for", async () => {
		const server = createServer();
		await new Promise<void>((resolve) =>
			server.listen(0, "127.0.0.1", resolve),
		);
		onTestFinished(() => void server.close());
		const address = server.address();
		const port = typeof address === "object" ? address?.port : undefined;
		const { code, errors } = await run("examples", "--port", `${port}`).ended;
		expect(code).toBe(1);
		expect(errors).toContain(`Port ${port} is taken`);
	});

	test.each([
		[["--port", "70000"], "--port takes a whole number from 0 to 65535"],
		[["--poll-interval", "0"], "--poll-interval takes"],
		[["nowhere-at-all", "--port", "0"], "nowhere-at-all cannot be read"],
		[["--nonsense"], "--nonsense"],
		[["--scenario", "x"], "--scenario needs --testing"],
		[["--policy", "x"], "--policy needs --require-signature"],
		[["--tokens", "loose"], "--tokens takes strict or replay"],
		[["--testing", "--scenario", "none.json"], "none.json"],
		[["deploy"], "deploy takes FILE APPLICATION/ENVIRONMENT/PROFILE"],
	])("explains what is wrong with %j", async (args, message) => {
		const { code, errors } = await run(...args).ended;
		expect(code).toBe(1);
		expect(errors).toContain(message);
	});
});
