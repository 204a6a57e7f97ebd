// What the emulator makes of files: changed, half-written, removed, unreadable, labelled, and leading elsewhere.
import {
	appendFileSync,
	mkdirSync,
	mkdtempSync,
	renameSync,
	rmSync,
	symlinkSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
	createHarness,
	type EmulatorHarness,
	nextPoll,
	poll,
	SETTINGS,
	startPolling,
	startSession,
	toText,
} from "./harness.ts";

const FILE = "shop/test/settings.json";

describe("A changed file", () => {
	test.each([
		[
			"renamed into place",
			(runtime: EmulatorHarness) => runtime.writeFile(FILE, '{"v": 2}'),
		],
		[
			"written in place",
			(runtime: EmulatorHarness) =>
				writeFileSync(join(runtime.directory, FILE), '{"v": 2}'),
		],
		[
			"removed and made anew",
			(runtime: EmulatorHarness) => {
				rmSync(join(runtime.directory, FILE));
				writeFileSync(join(runtime.directory, FILE), '{"v": 2}');
			},
		],
	])("comes with the very next poll when %s", async (_, change) => {
		const runtime = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(runtime);
		change(runtime);
		expect(await nextPoll(runtime, token)).toMatchObject({ text: '{"v": 2}' });
	});

	test("takes no more room after days of changes than after a few", async () => {
		const runtime = createHarness({ [FILE]: "{}" });
		let token = await startPolling(runtime);
		for (let change = 1; change <= 30; change += 1) {
			runtime.writeFile(FILE, JSON.stringify({ change }));
			const polled = await nextPoll(runtime, token);
			expect(polled.text).toBe(JSON.stringify({ change }));
			token = polled.token;
		}
		const numbers = await deploymentNumbers(runtime);
		expect(numbers[0]).toBe(31);
		expect(numbers.length).toBeLessThanOrEqual(21);
	});

	test("that is deployed slowly leaves what was complete before to those whom no change has reached", async () => {
		const runtime = createHarness({
			[FILE]: '{"change":0}',
			"appconfig.json": JSON.stringify({
				strategies: { slow: { durationMinutes: 600, growthFactor: 50 } },
				applications: {
					shop: { environments: { test: { strategy: "slow" } } },
				},
			}),
		});
		let token = await startPolling(runtime);
		for (let change = 1; change <= 25; change += 1) {
			runtime.writeFile(FILE, JSON.stringify({ change }));
			token = (await nextPoll(runtime, token)).token;
		}
		expect(await nextPoll(runtime, await startSession(runtime))).toMatchObject({
			text: '{"change":0}',
		});
	});

	test("with the same bytes as before is no change", async () => {
		const runtime = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(runtime);
		runtime.writeFile(FILE, '{"v": 1}');
		expect(await nextPoll(runtime, token)).toMatchObject({ text: "" });
	});

	test("reaches every session", async () => {
		const runtime = createHarness({ [FILE]: '{"v": 1}' });
		const tokens = await Promise.all([
			startPolling(runtime),
			startPolling(runtime),
		]);
		runtime.writeFile(FILE, '{"v": 2}');
		for (const token of tokens)
			expect(await nextPoll(runtime, token)).toMatchObject({
				text: '{"v": 2}',
			});
	});

	test("is never served while its writer is at work", async () => {
		const runtime = createHarness(
			{ "shop/test/notes.txt": "one" },
			{ settleMs: 60 },
		);
		const token = await startPolling(runtime, "notes");
		const file = join(runtime.directory, "shop/test/notes.txt");
		writeFileSync(file, "two, ");
		// As if it had only just been written, however long this process was held up.
		const future = Date.now() / 1000 + 3600;
		utimesSync(file, future, future);
		runtime.advance(60);
		const waiting = poll(runtime, token);
		appendFileSync(file, "and the rest");
		expect(toText((await waiting).body)).toBe("two, and the rest");
	});

	test("that is empty is taken for half-written", async () => {
		const runtime = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(runtime);
		truncateSync(join(runtime.directory, FILE));
		const during = await nextPoll(runtime, token);
		expect(during).toMatchObject({ status: 200, text: "" });
		expect(runtime.errors.join()).toContain("is empty; the last good version");
		runtime.writeFile(FILE, '{"v": 2}');
		expect(await nextPoll(runtime, during.token)).toMatchObject({
			text: '{"v": 2}',
		});
	});

	test("that should be JSON and does not parse leaves the last good one in place", async () => {
		const runtime = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(runtime);
		runtime.writeFile(FILE, '{"v": ');
		const during = await nextPoll(runtime, token);
		expect(during).toMatchObject({ status: 200, text: "" });
		expect(await nextPoll(runtime, await startSession(runtime))).toMatchObject({
			text: '{"v": 1}',
		});
		expect(runtime.errors).toHaveLength(1);
	});
});

describe("A file that is not there", () => {
	test("any more is a missing resource, and is served again when it is back", async () => {
		const runtime = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(runtime);
		runtime.removeFile(FILE);
		expect(await nextPoll(runtime, token)).toMatchObject({ status: 404 });
		runtime.writeFile(FILE, '{"v": 1}');
		expect(await nextPoll(runtime, token)).toMatchObject({ text: '{"v": 1}' });
	});

	test("under its old extension is found under its new one", async () => {
		const runtime = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(runtime);
		renameSync(
			join(runtime.directory, FILE),
			join(runtime.directory, "shop/test/settings.yaml"),
		);
		expect(await nextPoll(runtime, token)).toMatchObject({
			text: '{"v": 1}',
			type: "application/x-yaml",
		});
	});

	test("readable is an error in the log, and the last good one is served", async () => {
		const runtime = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(runtime);
		rmSync(join(runtime.directory, FILE));
		mkdirSync(join(runtime.directory, FILE));
		expect(await nextPoll(runtime, token)).toMatchObject({
			status: 200,
			text: "",
		});
		expect(runtime.errors.join()).toContain(
			"is not a file; the last good version",
		);
	});
});

describe("Names and types", () => {
	test.each([
		["settings.json", "application/json"],
		["settings.yaml", "application/x-yaml"],
		["settings.yml", "application/x-yaml"],
		["settings.txt", "text/plain"],
		["settings.xml", "application/xml"],
		["settings.bin", "application/octet-stream"],
		["settings", "application/octet-stream"],
		["settings.text%csv", "text/csv"],
		[
			"settings.application%ion%type=AWS.AppConfig.FeatureFlags",
			"application/ion; type=AWS.AppConfig.FeatureFlags",
		],
	])("%s is profile settings with content type %s", async (file, type) => {
		const runtime = createHarness({ [`shop/test/${file}`]: "1" });
		const reply = await nextPoll(runtime, await startSession(runtime));
		expect(reply).toMatchObject({ text: "1", type });
	});

	test("The Agent's flat names are found too", async () => {
		const runtime = createHarness({
			"shop:test:settings.json": '{"flat": true}',
		});
		const reply = await nextPoll(runtime, await startSession(runtime));
		expect(reply.text).toBe('{"flat": true}');
		expect(runtime.emulator.directory.list()).toEqual([
			{ application: "shop", environment: "test", profile: "settings" },
		]);
	});

	test("A flat name with more colons is a profile whose name has them, listed as it is found", async () => {
		const runtime = createHarness({ "shop:test:eu:settings.json": "1" });
		const reply = await nextPoll(
			runtime,
			await startSession(runtime, {
				...SETTINGS,
				ConfigurationProfileIdentifier: "eu:settings",
			}),
		);
		expect(reply.text).toBe("1");
		expect(runtime.emulator.directory.list()).toEqual([
			{ application: "shop", environment: "test", profile: "eu:settings" },
		]);
	});

	test("A label beside the file comes with its version", async () => {
		const runtime = createHarness({
			[FILE]: "1",
			[`${FILE}.label`]: "v2-spring\n",
		});
		const reply = await nextPoll(runtime, await startSession(runtime));
		expect(reply.label).toBe("v2-spring");
	});

	test.each([
		"  spring-3  ",
		"\tspring-3\r\n\r\n",
		"\ufeffspring-3\n",
		"\u00a0spring-3\u2003",
	])("A label loses the blanks around it: %j", async (label) => {
		const runtime = createHarness({ [FILE]: "1", [`${FILE}.label`]: label });
		const reply = await nextPoll(runtime, await startSession(runtime));
		expect(reply.label).toBe("spring-3");
	});

	test.each(["42", "", "x".repeat(65), "two\nlines", "☃"])(
		"%j is no label: it is an error in the log and nothing is sent",
		async (label) => {
			const runtime = createHarness({ [FILE]: "1", [`${FILE}.label`]: label });
			const reply = await nextPoll(runtime, await startSession(runtime));
			expect(reply).toMatchObject({ status: 200, text: "1", label: undefined });
			expect(runtime.errors.join()).toContain("no label is sent");
		},
	);
});

describe("What lies outside the directory", () => {
	test.each([
		["a file", "secret.txt", "shop/test/settings.txt"],
		["an environment", "test", "shop/test"],
		["an application", "shop", "shop"],
	])("is not served through a link to %s", async (_, name, link) => {
		const outside = mkdtempSync(join(tmpdir(), "outside-"));
		onTestFinished(() => rmSync(outside, { recursive: true }));
		mkdirSync(join(outside, "shop/test"), { recursive: true });
		mkdirSync(join(outside, "test"));
		for (const file of [
			"secret.txt",
			"shop/test/settings.txt",
			"test/settings.txt",
		])
			writeFileSync(join(outside, file), "secret");
		const runtime = createHarness();
		mkdirSync(join(runtime.directory, link, ".."), { recursive: true });
		symlinkSync(join(outside, name), join(runtime.directory, link));
		const token = await startSession(runtime).catch(() => undefined);
		if (token === undefined) return;
		expect(await nextPoll(runtime, token)).toMatchObject({ status: 404 });
		expect(runtime.errors.join()).toContain("leads out of the directory");
	});

	test.each(["..", ".", "shop/..", "../..", "shop\\..", "\u0000", ".git"])(
		"is not reached by the name %j",
		async (name) => {
			const runtime = createHarness({ [FILE]: "1" });
			const input = {
				ApplicationIdentifier: name,
				EnvironmentIdentifier: "test",
				ConfigurationProfileIdentifier: "settings",
			};
			await expect(startSession(runtime, input)).rejects.toThrow("not found");
		},
	);

	test("A link to a file inside is followed", async () => {
		const runtime = createHarness({ "shared.json": '{"shared": true}' });
		mkdirSync(join(runtime.directory, "shop/test"), { recursive: true });
		symlinkSync(
			join(runtime.directory, "shared.json"),
			join(runtime.directory, FILE),
		);
		const reply = await nextPoll(runtime, await startSession(runtime));
		expect(reply.text).toBe('{"shared": true}');
	});
});

/** Newest first. */
async function deploymentNumbers(runtime: EmulatorHarness): Promise<number[]> {
	const list = async (path: string) => {
		const reply = await runtime.request({ url: `${path}?max_results=50` });
		return JSON.parse(toText(reply.body)).Items;
	};
	const [{ Id: application }] = await list("/applications");
	const path = `/applications/${application}/environments`;
	const [{ Id: environment }] = await list(path);
	const all = await list(`${path}/${environment}/deployments`);
	return all.map((one: { DeploymentNumber: number }) => one.DeploymentNumber);
}
