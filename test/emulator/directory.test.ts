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
	createDesk,
	type Desk,
	follow,
	nextPoll,
	poll,
	SETTINGS,
	startSession,
	toText,
} from "./harness.ts";

const FILE = "shop/test/settings.json";

describe("A changed file", () => {
	test.each([
		["renamed into place", (desk: Desk) => desk.put(FILE, '{"v": 2}')],
		[
			"written in place",
			(desk: Desk) => writeFileSync(join(desk.directory, FILE), '{"v": 2}'),
		],
		[
			"removed and made anew",
			(desk: Desk) => {
				rmSync(join(desk.directory, FILE));
				writeFileSync(join(desk.directory, FILE), '{"v": 2}');
			},
		],
	])("comes with the very next poll when %s", async (_, change) => {
		const desk = createDesk({ [FILE]: '{"v": 1}' });
		const token = await follow(desk);
		change(desk);
		expect(await nextPoll(desk, token)).toMatchObject({ text: '{"v": 2}' });
	});

	test("takes no more room after days of changes than after a few", async () => {
		const desk = createDesk({ [FILE]: "{}" });
		let token = await follow(desk);
		for (let change = 1; change <= 30; change += 1) {
			desk.put(FILE, JSON.stringify({ change }));
			const polled = await nextPoll(desk, token);
			expect(polled.text).toBe(JSON.stringify({ change }));
			token = polled.token;
		}
		const numbers = await deploymentNumbers(desk);
		expect(numbers[0]).toBe(31);
		expect(numbers.length).toBeLessThanOrEqual(21);
	});

	test("that is deployed slowly leaves what was complete before to those whom no change has reached", async () => {
		const desk = createDesk({
			[FILE]: '{"change":0}',
			"appconfig.json": JSON.stringify({
				strategies: { slow: { durationMinutes: 600, growthFactor: 50 } },
				applications: {
					shop: { environments: { test: { strategy: "slow" } } },
				},
			}),
		});
		let token = await follow(desk);
		for (let change = 1; change <= 25; change += 1) {
			desk.put(FILE, JSON.stringify({ change }));
			token = (await nextPoll(desk, token)).token;
		}
		expect(await nextPoll(desk, await startSession(desk))).toMatchObject({
			text: '{"change":0}',
		});
	});

	test("with the same bytes as before is no change", async () => {
		const desk = createDesk({ [FILE]: '{"v": 1}' });
		const token = await follow(desk);
		desk.put(FILE, '{"v": 1}');
		expect(await nextPoll(desk, token)).toMatchObject({ text: "" });
	});

	test("reaches every session", async () => {
		const desk = createDesk({ [FILE]: '{"v": 1}' });
		const tokens = await Promise.all([follow(desk), follow(desk)]);
		desk.put(FILE, '{"v": 2}');
		for (const token of tokens)
			expect(await nextPoll(desk, token)).toMatchObject({ text: '{"v": 2}' });
	});

	test("is never served while its writer is at work", async () => {
		const desk = createDesk({ "shop/test/notes.txt": "one" }, { settleMs: 60 });
		const token = await follow(desk, "notes");
		const file = join(desk.directory, "shop/test/notes.txt");
		writeFileSync(file, "two, ");
		// As if it had only just been written, however long this process was held up.
		const future = Date.now() / 1000 + 3600;
		utimesSync(file, future, future);
		desk.advance(60);
		const waiting = poll(desk, token);
		appendFileSync(file, "and the rest");
		expect(toText((await waiting).body)).toBe("two, and the rest");
	});

	test("that is empty is taken for half-written", async () => {
		const desk = createDesk({ [FILE]: '{"v": 1}' });
		const token = await follow(desk);
		truncateSync(join(desk.directory, FILE));
		const during = await nextPoll(desk, token);
		expect(during).toMatchObject({ status: 200, text: "" });
		expect(desk.errors.join()).toContain("is empty; the last good version");
		desk.put(FILE, '{"v": 2}');
		expect(await nextPoll(desk, during.token)).toMatchObject({
			text: '{"v": 2}',
		});
	});

	test("that should be JSON and does not parse leaves the last good one in place", async () => {
		const desk = createDesk({ [FILE]: '{"v": 1}' });
		const token = await follow(desk);
		desk.put(FILE, '{"v": ');
		const during = await nextPoll(desk, token);
		expect(during).toMatchObject({ status: 200, text: "" });
		expect(await nextPoll(desk, await startSession(desk))).toMatchObject({
			text: '{"v": 1}',
		});
		expect(desk.errors).toHaveLength(1);
	});
});

describe("A file that is not there", () => {
	test("any more is a missing resource, and is served again when it is back", async () => {
		const desk = createDesk({ [FILE]: '{"v": 1}' });
		const token = await follow(desk);
		desk.remove(FILE);
		expect(await nextPoll(desk, token)).toMatchObject({ status: 404 });
		desk.put(FILE, '{"v": 1}');
		expect(await nextPoll(desk, token)).toMatchObject({ text: '{"v": 1}' });
	});

	test("under its old extension is found under its new one", async () => {
		const desk = createDesk({ [FILE]: '{"v": 1}' });
		const token = await follow(desk);
		renameSync(
			join(desk.directory, FILE),
			join(desk.directory, "shop/test/settings.yaml"),
		);
		expect(await nextPoll(desk, token)).toMatchObject({
			text: '{"v": 1}',
			type: "application/x-yaml",
		});
	});

	test("readable is an error in the log, and the last good one is served", async () => {
		const desk = createDesk({ [FILE]: '{"v": 1}' });
		const token = await follow(desk);
		rmSync(join(desk.directory, FILE));
		mkdirSync(join(desk.directory, FILE));
		expect(await nextPoll(desk, token)).toMatchObject({
			status: 200,
			text: "",
		});
		expect(desk.errors.join()).toContain(
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
		const desk = createDesk({ [`shop/test/${file}`]: "1" });
		const reply = await nextPoll(desk, await startSession(desk));
		expect(reply).toMatchObject({ text: "1", type });
	});

	test("The Agent's flat names are found too", async () => {
		const desk = createDesk({ "shop:test:settings.json": '{"flat": true}' });
		const reply = await nextPoll(desk, await startSession(desk));
		expect(reply.text).toBe('{"flat": true}');
		expect(desk.emulator.directory.list()).toEqual([
			{ application: "shop", environment: "test", profile: "settings" },
		]);
	});

	test("A flat name with more colons is a profile whose name has them, listed as it is found", async () => {
		const desk = createDesk({ "shop:test:eu:settings.json": "1" });
		const reply = await nextPoll(
			desk,
			await startSession(desk, {
				...SETTINGS,
				ConfigurationProfileIdentifier: "eu:settings",
			}),
		);
		expect(reply.text).toBe("1");
		expect(desk.emulator.directory.list()).toEqual([
			{ application: "shop", environment: "test", profile: "eu:settings" },
		]);
	});

	test("A label beside the file comes with its version", async () => {
		const desk = createDesk({ [FILE]: "1", [`${FILE}.label`]: "v2-spring\n" });
		const reply = await nextPoll(desk, await startSession(desk));
		expect(reply.label).toBe("v2-spring");
	});

	test.each([
		"  spring-3  ",
		"\tspring-3\r\n\r\n",
		"\ufeffspring-3\n",
		"\u00a0spring-3\u2003",
	])("A label loses the blanks around it: %j", async (label) => {
		const desk = createDesk({ [FILE]: "1", [`${FILE}.label`]: label });
		const reply = await nextPoll(desk, await startSession(desk));
		expect(reply.label).toBe("spring-3");
	});

	test.each(["42", "", "x".repeat(65), "two\nlines", "☃"])(
		"%j is no label: it is an error in the log and nothing is sent",
		async (label) => {
			const desk = createDesk({ [FILE]: "1", [`${FILE}.label`]: label });
			const reply = await nextPoll(desk, await startSession(desk));
			expect(reply).toMatchObject({ status: 200, text: "1", label: undefined });
			expect(desk.errors.join()).toContain("no label is sent");
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
		const desk = createDesk();
		mkdirSync(join(desk.directory, link, ".."), { recursive: true });
		symlinkSync(join(outside, name), join(desk.directory, link));
		const token = await startSession(desk).catch(() => undefined);
		if (token === undefined) return;
		expect(await nextPoll(desk, token)).toMatchObject({ status: 404 });
		expect(desk.errors.join()).toContain("leads out of the directory");
	});

	test.each(["..", ".", "shop/..", "../..", "shop\\..", "\u0000", ".git"])(
		"is not reached by the name %j",
		async (name) => {
			const desk = createDesk({ [FILE]: "1" });
			const input = {
				ApplicationIdentifier: name,
				EnvironmentIdentifier: "test",
				ConfigurationProfileIdentifier: "settings",
			};
			await expect(startSession(desk, input)).rejects.toThrow("not found");
		},
	);

	test("A link to a file inside is followed", async () => {
		const desk = createDesk({ "shared.json": '{"shared": true}' });
		mkdirSync(join(desk.directory, "shop/test"), { recursive: true });
		symlinkSync(
			join(desk.directory, "shared.json"),
			join(desk.directory, FILE),
		);
		const reply = await nextPoll(desk, await startSession(desk));
		expect(reply.text).toBe('{"shared": true}');
	});
});

/** Newest first. */
async function deploymentNumbers(desk: Desk): Promise<number[]> {
	const list = async (path: string) => {
		const reply = await desk.call({ url: `${path}?max_results=50` });
		return JSON.parse(toText(reply.body)).Items;
	};
	const [{ Id: application }] = await list("/applications");
	const path = `/applications/${application}/environments`;
	const [{ Id: environment }] = await list(path);
	const all = await list(`${path}/${environment}/deployments`);
	return all.map((one: { DeploymentNumber: number }) => one.DeploymentNumber);
}
