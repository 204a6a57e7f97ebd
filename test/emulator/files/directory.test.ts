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
} from "../harness.ts";

const FILE = "shop/test/settings.json";

describe("A changed file", () => {
	test.each([
		[
			"renamed into place",
			(harness: EmulatorHarness) => harness.writeFile(FILE, '{"v": 2}'),
		],
		[
			"written in place",
			(harness: EmulatorHarness) =>
				writeFileSync(join(harness.directory, FILE), '{"v": 2}'),
		],
		[
			"removed and made anew",
			(harness: EmulatorHarness) => {
				rmSync(join(harness.directory, FILE));
				writeFileSync(join(harness.directory, FILE), '{"v": 2}');
			},
		],
	])("is delivered with the next poll when %s", async (_, change) => {
		const harness = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(harness);
		change(harness);
		expect(await nextPoll(harness, token)).toMatchObject({ text: '{"v": 2}' });
	});

	test("takes no more memory after days of changes than after a few", async () => {
		const harness = createHarness({ [FILE]: "{}" });
		let token = await startPolling(harness);
		for (let change = 1; change <= 30; change += 1) {
			harness.writeFile(FILE, JSON.stringify({ change }));
			const polled = await nextPoll(harness, token);
			expect(polled.text).toBe(JSON.stringify({ change }));
			token = polled.token;
		}
		const numbers = await deploymentNumbers(harness);
		expect(numbers[0]).toBe(31);
		expect(numbers.length).toBeLessThanOrEqual(21);
	});

	test("that is deployed gradually leaves the last complete version to the other sessions", async () => {
		const harness = createHarness({
			[FILE]: '{"change":0}',
			"appconfig.json": JSON.stringify({
				strategies: { slow: { durationMinutes: 600, growthFactor: 50 } },
				applications: {
					shop: { environments: { test: { strategy: "slow" } } },
				},
			}),
		});
		let token = await startPolling(harness);
		for (let change = 1; change <= 25; change += 1) {
			harness.writeFile(FILE, JSON.stringify({ change }));
			token = (await nextPoll(harness, token)).token;
		}
		expect(await nextPoll(harness, await startSession(harness))).toMatchObject({
			text: '{"change":0}',
		});
	});

	test("with the same bytes as before is not a new version", async () => {
		const harness = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(harness);
		harness.writeFile(FILE, '{"v": 1}');
		expect(await nextPoll(harness, token)).toMatchObject({ text: "" });
	});

	test("reaches every session", async () => {
		const harness = createHarness({ [FILE]: '{"v": 1}' });
		const tokens = await Promise.all([
			startPolling(harness),
			startPolling(harness),
		]);
		harness.writeFile(FILE, '{"v": 2}');
		for (const token of tokens)
			expect(await nextPoll(harness, token)).toMatchObject({
				text: '{"v": 2}',
			});
	});

	test("is not served while it is being written", async () => {
		const harness = createHarness(
			{ "shop/test/notes.txt": "one" },
			{ settleMs: 60 },
		);
		const token = await startPolling(harness, "notes");
		const file = join(harness.directory, "shop/test/notes.txt");
		writeFileSync(file, "two, ");
		// As if it had only just been written, however long this process was held up.
		const future = Date.now() / 1000 + 3600;
		utimesSync(file, future, future);
		harness.advance(60);
		const waiting = poll(harness, token);
		appendFileSync(file, "and the rest");
		expect(toText((await waiting).body)).toBe("two, and the rest");
	});

	test("that is empty is ignored, because it is probably being written", async () => {
		const harness = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(harness);
		truncateSync(join(harness.directory, FILE));
		const during = await nextPoll(harness, token);
		expect(during).toMatchObject({ status: 200, text: "" });
		expect(harness.errors.join()).toContain("is empty; the last good version");
		harness.writeFile(FILE, '{"v": 2}');
		expect(await nextPoll(harness, during.token)).toMatchObject({
			text: '{"v": 2}',
		});
	});

	test("that is not valid JSON leaves the last good version in place", async () => {
		const harness = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(harness);
		harness.writeFile(FILE, '{"v": ');
		const during = await nextPoll(harness, token);
		expect(during).toMatchObject({ status: 200, text: "" });
		expect(await nextPoll(harness, await startSession(harness))).toMatchObject({
			text: '{"v": 1}',
		});
		expect(harness.errors).toHaveLength(1);
	});
});

describe("A missing file", () => {
	test("is a missing resource, and is served again when it is back", async () => {
		const harness = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(harness);
		harness.removeFile(FILE);
		expect(await nextPoll(harness, token)).toMatchObject({ status: 404 });
		harness.writeFile(FILE, '{"v": 1}');
		expect(await nextPoll(harness, token)).toMatchObject({ text: '{"v": 1}' });
	});

	test("that was renamed to another extension is found", async () => {
		const harness = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(harness);
		renameSync(
			join(harness.directory, FILE),
			join(harness.directory, "shop/test/settings.yaml"),
		);
		expect(await nextPoll(harness, token)).toMatchObject({
			text: '{"v": 1}',
			type: "application/x-yaml",
		});
	});

	test("that cannot be read is logged as an error, and the last good version is served", async () => {
		const harness = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(harness);
		rmSync(join(harness.directory, FILE));
		mkdirSync(join(harness.directory, FILE));
		expect(await nextPoll(harness, token)).toMatchObject({
			status: 200,
			text: "",
		});
		expect(harness.errors.join()).toContain(
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
		const harness = createHarness({ [`shop/test/${file}`]: "1" });
		const reply = await nextPoll(harness, await startSession(harness));
		expect(reply).toMatchObject({ text: "1", type });
	});

	test("the Agent's flat names are found", async () => {
		const harness = createHarness({
			"shop:test:settings.json": '{"flat": true}',
		});
		const reply = await nextPoll(harness, await startSession(harness));
		expect(reply.text).toBe('{"flat": true}');
		expect(harness.emulator.directory.list()).toEqual([
			{ application: "shop", environment: "test", profile: "settings" },
		]);
	});

	test("further colons of a flat name belong to the profile", async () => {
		const harness = createHarness({ "shop:test:eu:settings.json": "1" });
		const reply = await nextPoll(
			harness,
			await startSession(harness, {
				...SETTINGS,
				ConfigurationProfileIdentifier: "eu:settings",
			}),
		);
		expect(reply.text).toBe("1");
		expect(harness.emulator.directory.list()).toEqual([
			{ application: "shop", environment: "test", profile: "eu:settings" },
		]);
	});

	test("a label file gives the label of the version", async () => {
		const harness = createHarness({
			[FILE]: "1",
			[`${FILE}.label`]: "v2-spring\n",
		});
		const reply = await nextPoll(harness, await startSession(harness));
		expect(reply.label).toBe("v2-spring");
	});

	test.each([
		"  spring-3  ",
		"\tspring-3\r\n\r\n",
		"\ufeffspring-3\n",
		"\u00a0spring-3\u2003",
	])("white space around a label is removed: %j", async (label) => {
		const harness = createHarness({ [FILE]: "1", [`${FILE}.label`]: label });
		const reply = await nextPoll(harness, await startSession(harness));
		expect(reply.label).toBe("spring-3");
	});

	test.each(["42", "", "x".repeat(65), "two\nlines", "☃"])(
		"%j is no label: it is an error in the log and nothing is sent",
		async (label) => {
			const harness = createHarness({ [FILE]: "1", [`${FILE}.label`]: label });
			const reply = await nextPoll(harness, await startSession(harness));
			expect(reply).toMatchObject({ status: 200, text: "1", label: undefined });
			expect(harness.errors.join()).toContain("no label is sent");
		},
	);
});

describe("A file outside the directory", () => {
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
		const harness = createHarness();
		mkdirSync(join(harness.directory, link, ".."), { recursive: true });
		symlinkSync(join(outside, name), join(harness.directory, link));
		const token = await startSession(harness).catch(() => undefined);
		if (token === undefined) return;
		expect(await nextPoll(harness, token)).toMatchObject({ status: 404 });
		expect(harness.errors.join()).toContain(
			"is a link to outside of the directory",
		);
	});

	test.each(["..", ".", "shop/..", "../..", "shop\\..", "\u0000", ".git"])(
		"is not reached by the name %j",
		async (name) => {
			const harness = createHarness({ [FILE]: "1" });
			const input = {
				ApplicationIdentifier: name,
				EnvironmentIdentifier: "test",
				ConfigurationProfileIdentifier: "settings",
			};
			await expect(startSession(harness, input)).rejects.toThrow("not found");
		},
	);

	test("a link to a file inside the directory is followed", async () => {
		const harness = createHarness({ "shared.json": '{"shared": true}' });
		mkdirSync(join(harness.directory, "shop/test"), { recursive: true });
		symlinkSync(
			join(harness.directory, "shared.json"),
			join(harness.directory, FILE),
		);
		const reply = await nextPoll(harness, await startSession(harness));
		expect(reply.text).toBe('{"shared": true}');
	});
});

/** Newest first. */
async function deploymentNumbers(harness: EmulatorHarness): Promise<number[]> {
	const list = async (path: string) => {
		const reply = await harness.request({ url: `${path}?max_results=50` });
		return JSON.parse(toText(reply.body)).Items;
	};
	const [{ Id: application }] = await list("/applications");
	const path = `/applications/${application}/environments`;
	const [{ Id: environment }] = await list(path);
	const all = await list(`${path}/${environment}/deployments`);
	return all.map((one: { DeploymentNumber: number }) => one.DeploymentNumber);
}
