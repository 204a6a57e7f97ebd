// The command as a user starts it: first line, ports, signals, mistakes.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";

interface Run {
	readonly child: ChildProcess;
	readonly firstLine: Promise<string>;
	readonly ended: Promise<{ code: number | null; errors: string }>;
}

function run(...args: string[]): Run {
	const child = spawn(process.execPath, ["build/emulator/cli.js", ...args]);
	onTestFinished(() => void child.kill("SIGKILL"));
	let errors = "";
	child.stderr.on("data", (chunk) => {
		errors += chunk;
	});
	const lines = createInterface(child.stdout);
	return {
		child,
		firstLine: new Promise((resolve) => lines.once("line", resolve)),
		ended: new Promise((resolve) =>
			child.once("close", (code) => resolve({ code, errors })),
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
	])("explains what is wrong with %j", async (args, message) => {
		const { code, errors } = await run(...args).ended;
		expect(code).toBe(1);
		expect(errors).toContain(message);
	});
});
