import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
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
	readonly firstLine: Promise<string>;
	/** Resolves with the next line of standard output. */
	nextLine(): Promise<string>;
	readonly ended: Promise<{
		code: number | null;
		output: string;
		errors: string;
	}>;
}

function run(...args: string[]): Run {
	const child = spawn(process.execPath, [
		"build/emulator/cli/main.js",
		...args,
	]);
	onTestFinished(() => void child.kill("SIGKILL"));
	let errors = "";
	let output = "";
	child.stdout.on("data", (chunk) => {
		output += chunk;
	});
	child.stderr.on("data", (chunk) => {
		errors += chunk;
	});
	const arrived: string[] = [];
	const awaited: ((line: string) => void)[] = [];
	createInterface(child.stdout).on("line", (line) => {
		const next = awaited.shift();
		if (next) next(line);
		else arrived.push(line);
	});
	const nextLine = () =>
		new Promise<string>((resolve) => {
			const line = arrived.shift();
			if (line === undefined) awaited.push(resolve);
			else resolve(line);
		});
	return {
		child,
		firstLine: nextLine(),
		nextLine,
		ended: new Promise((resolve) =>
			child.once("close", (code) => resolve({ code, output, errors })),
		),
	};
}

describe("The command", () => {
	beforeAll(() => {
		execFileSync("npx", ["tsc", "-b", "src/emulator"]);
	}, 120_000);

	test.each(["SIGINT", "SIGTERM"] as const)(
		"prints its address, serves there, and exits with 0 on %s",
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

	test("prints a JSON line per request into a pipe, and keeps serving when the pipe is closed", async () => {
		const { child, firstLine, nextLine, ended } = run(
			"examples",
			...["--port", "0"],
		);
		const url = (await firstLine).split(" ").at(-1);
		expect((await fetch(`${url}/ping`)).status).toBe(200);
		expect(JSON.parse(await nextLine())).toMatchObject({ path: "/ping" });
		child.stdout?.destroy();
		for (let count = 0; count < 3; count += 1)
			expect((await fetch(`${url}/ping`)).status).toBe(200);
		child.kill();
		expect(await ended).toMatchObject({ code: 0, errors: "" });
	});

	test("init, serve, deploy and ls work together, and --data survives a restart", async () => {
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

	test("five processes start on one --data directory: one serves, the others are refused", async () => {
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

	test.each([["--data"], ["init"]])(
		"%s prints an error when its directory cannot be created",
		async (...args) => {
			const { code, errors } = await run(...args, "/proc/x", "--port", "0")
				.ended;
			expect(code).toBe(1);
			expect(errors).toMatch(/\/proc\/x.*ENOENT: no such file or directory/);
		},
	);

	/** Makes a version of so many bytes over the API. */
	async function createVersion(url: string, bytes: number) {
		const json = { "content-type": "application/json" };
		const post = async (path: string, body: object) =>
			(await (
				await fetch(url + path, {
					method: "POST",
					headers: json,
					body: JSON.stringify(body),
				})
			).json()) as { Id: string };
		const { Items } = (await (await fetch(`${url}/applications`)).json()) as {
			Items: { Id: string; Name: string }[];
		};
		const root =
			Items.find(({ Name }) => Name === "api") ??
			(await post("/applications", { Name: "api" }));
		const path = `/applications/${root.Id}/configurationprofiles`;
		const list = (await (await fetch(url + path)).json()) as typeof root & {
			Items: { Id: string }[];
		};
		const profile =
			list.Items[0] ??
			(await post(path, { Name: "big", LocationUri: "hosted" }));
		return fetch(`${url}${path}/${profile.Id}/hostedconfigurationversions`, {
			method: "POST",
			headers: { "content-type": "text/plain" },
			body: "x".repeat(bytes),
		});
	}

	test("a full disk is error 507, with the reason in the log, and the emulator keeps serving", async () => {
		const home = mkdtempSync(join(tmpdir(), "full-"));
		onTestFinished(() => rmSync(home, { recursive: true }));
		const data = join(home, "data");
		// The file system takes no file of more than 64 blocks: for a writer that is as a disk without room.
		const child = spawn("sh", [
			"-c",
			'ulimit -f 64; exec "$0" build/emulator/cli/main.js examples --port 0 --data "$1"',
			process.execPath,
			data,
		]);
		onTestFinished(() => void child.kill("SIGKILL"));
		let errors = "";
		child.stderr.on("data", (chunk) => {
			errors += chunk;
		});
		const [line] = await once(createInterface(child.stdout), "line");
		const url = String(line).split(" ").at(-1) ?? "";
		expect((await createVersion(url, 10)).status).toBe(201);
		const refused = await createVersion(url, 200_000);
		expect(refused.status).toBe(507);
		expect(refused.headers.get("x-amzn-ErrorType")).toBe(
			"InternalServerException",
		);
		expect(await refused.text()).toContain("has changed nothing");
		expect((await createVersion(url, 20)).headers.get("version-number")).toBe(
			"2",
		);
		child.kill("SIGTERM");
		await once(child, "close");
		const [errorLine, ...rest] = errors.trim().split("\n");
		expect(rest).toEqual([]);
		expect(JSON.parse(errorLine ?? "").error).toBe(
			`${join(data, "journal.jsonl")} cannot be written: EFBIG: file too large; the change was not made`,
		);
		const again = run("examples", "--port", "0", "--data", data);
		const next = (await again.firstLine).split(" ").at(-1) ?? "";
		expect((await createVersion(next, 30)).headers.get("version-number")).toBe(
			"3",
		);
	});

	test("stores at most --storage-limit, and prints the usage at the start", async () => {
		const data = join(mkdtempSync(join(tmpdir(), "limit-")), "data");
		onTestFinished(() => rmSync(join(data, ".."), { recursive: true }));
		const { child, firstLine, nextLine, ended } = run(
			"examples",
			...["--port", "0", "--data", data, "--storage-limit", "200kB"],
		);
		const url = (await firstLine).split(" ").at(-1) ?? "";
		expect(JSON.parse(await nextLine()).event).toBe(
			`${data} uses 0 B of 200 kB (--storage-limit)`,
		);
		const statuses: number[] = [];
		for (let version = 0; version < 5; version += 1)
			statuses.push((await createVersion(url, 50_000)).status);
		expect(statuses).toEqual([201, 201, 402, 402, 402]);
		const refused = await createVersion(url, 50_000);
		expect(refused.headers.get("x-amzn-ErrorType")).toBe(
			"ServiceQuotaExceededException",
		);
		expect(await refused.text()).toContain("at most 200 kB");
		expect(statSync(join(data, "journal.jsonl")).size).toBeLessThan(200_000);
		const { Items } = (await (await fetch(`${url}/applications`)).json()) as {
			Items: { Id: string; Name: string }[];
		};
		const path = `${url}/applications/${Items.find(({ Name }) => Name === "api")?.Id}/configurationprofiles`;
		const profiles = (await (await fetch(path)).json()) as typeof Items & {
			Items: { Id: string }[];
		};
		const version = `${path}/${profiles.Items[0]?.Id}/hostedconfigurationversions/1`;
		expect((await fetch(version, { method: "DELETE" })).status).toBe(204);
		expect((await createVersion(url, 50_000)).status).toBe(201);
		child.kill();
		expect(await ended).toMatchObject({ code: 0, errors: "" });
	});

	test.each([
		["127.0.0.1", false],
		["localhost", false],
		["0.0.0.0", true],
		["::", true],
	])(
		"--host %s prints a warning that the network can connect: %s",
		async (host, warns) => {
			const { child, firstLine, ended } = run(
				...["examples", "--port", "0", "--host", host],
			);
			expect(await firstLine).toContain("listening on http://");
			child.kill();
			const { errors } = await ended;
			if (warns)
				expect(JSON.parse(errors).error).toContain(
					`Warning: --host ${host} opens the emulator to the network`,
				);
			else expect(errors).toBe("");
		},
	);

	test.each([
		["http://localhost:3000", false],
		["http://localhost:3000,*", true],
	])(
		"--cors %s prints a warning that every page can connect: %s",
		async (cors, warns) => {
			const { child, firstLine, ended } = run(
				...["examples", "--port", "0", "--cors", cors],
			);
			expect(await firstLine).toContain("listening on http://");
			child.kill();
			const { errors } = await ended;
			if (warns)
				expect(JSON.parse(errors).error).toContain(
					"Warning: with --cors '*' every web page",
				);
			else expect(errors).toBe("");
		},
	);

	test("init prints a container command that works with the mounted paths", async () => {
		const home = mkdtempSync(join(tmpdir(), "compose-"));
		onTestFinished(() => rmSync(home, { recursive: true }));
		const { output } = await run("init", join(home, "config")).ended;
		const [, program = ""] = /command: node (\S+) \/config/.exec(output) ?? [];
		const [, root = ""] =
			/"([^"]+):\/appconfig-emulator:ro"/.exec(output) ?? [];
		const mounted = program.replace("/appconfig-emulator", root);
		const child = spawn(process.execPath, [mounted, "--help"]);
		let help = "";
		child.stdout.on("data", (chunk) => {
			help += chunk;
		});
		await once(child, "close");
		expect(help).toContain("AppConfig emulator");
	});

	test("a port in use is an error when it was named", async () => {
		const server = createServer();
		await new Promise<void>((resolve) =>
			server.listen(0, "127.0.0.1", resolve),
		);
		onTestFinished(() => void server.close());
		const address = server.address();
		const port = typeof address === "object" ? address?.port : undefined;
		const { code, errors } = await run("examples", "--port", `${port}`).ended;
		expect(code).toBe(1);
		expect(errors).toContain(`Port ${port} is in use`);
	});

	test.each([
		[["--port", "70000"], "--port takes a whole number from 0 to 65535"],
		[["--poll-interval", "0"], "--poll-interval takes"],
		[["nowhere-at-all", "--port", "0"], "nowhere-at-all cannot be read"],
		[["--nonsense"], "--nonsense"],
		[
			["--storage-limit", "1kB"],
			"--storage-limit takes a size of at least 100 kB",
		],
		[["--storage-limit", "a lot"], "--storage-limit takes a size"],
		[["--scenario", "x"], "--scenario needs --testing"],
		[["--policy", "x"], "--policy needs --require-signature"],
		[["--tokens", "loose"], "--tokens takes strict or replay"],
		[["--testing", "--scenario", "none.json"], "none.json"],
		[["deploy"], "deploy takes FILE APPLICATION/ENVIRONMENT/PROFILE"],
	])("%j prints what is wrong", async (args, message) => {
		const { code, errors } = await run(...args).ended;
		expect(code).toBe(1);
		expect(errors).toContain(message);
	});
});
