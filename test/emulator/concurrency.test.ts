// A directory that is not as it should be: links in circles, things in each other's place, writers without rest.
import { mkdirSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFileSource } from "../../src/emulator/files/file-source.ts";
import { SILENT } from "../../src/emulator/log.ts";
import {
	createDesk,
	follow,
	nextPoll,
	SETTINGS,
	startSession,
	toText,
} from "./harness.ts";

const FILE = "shop/test/settings.json";

describe("A directory in disorder", () => {
	test("Links in a circle are files that are not there, and hide nothing else", async () => {
		const desk = createDesk({ [FILE]: "1" });
		const link = (name: string) =>
			symlinkSync(basename(name), join(desk.directory, name));
		for (const name of ["shop/test/loop.json", "shop/loop", "loop"]) link(name);
		expect(await nextPoll(desk, await startSession(desk))).toMatchObject({
			text: "1",
		});
		const loop = await startSession(desk, {
			...SETTINGS,
			ConfigurationProfileIdentifier: "loop",
		});
		expect(await nextPoll(desk, loop)).toMatchObject({ status: 404 });
		expect(desk.errors.join()).toContain("loop.json cannot be read");
		for (const name of ["EnvironmentIdentifier", "ApplicationIdentifier"])
			await expect(
				startSession(desk, { ...SETTINGS, [name]: "loop" }),
			).rejects.toThrow("not found");
		const listed = await desk.call({ url: "/applications" });
		expect(JSON.parse(toText(listed.body)).Items).toMatchObject([
			{ Name: "shop" },
		]);
	});

	test("A name longer than a file's may be is not found", async () => {
		const desk = createDesk({ [FILE]: "1" });
		const long = "\u{1f600}".repeat(128);
		for (const name of Object.keys(SETTINGS))
			await expect(
				startSession(desk, { ...SETTINGS, [name]: long }),
			).rejects.toThrow("not found");
	});

	test("The whole directory may go and come back", async () => {
		const desk = createDesk({ [FILE]: '{"v": 1}' });
		const token = await follow(desk);
		rmSync(desk.directory, { recursive: true });
		await expect(startSession(desk)).rejects.toThrow("Application not found");
		const gone = await nextPoll(desk, token);
		expect(gone.status).toBe(404);
		desk.put(FILE, '{"v": 2}');
		expect(await nextPoll(desk, token)).toMatchObject({ text: '{"v": 2}' });
	});

	test("A directory in a file's place leaves the last good version", async () => {
		const desk = createDesk({ [FILE]: '{"v": 1}' });
		const token = await follow(desk);
		desk.remove(FILE);
		mkdirSync(join(desk.directory, FILE));
		expect(await nextPoll(desk, token)).toMatchObject({ text: "" });
		expect(desk.errors.join()).toContain("is not a file; the last good");
	});

	test("A file that never rests does not keep its readers for ever", async () => {
		const desk = createDesk({ [FILE]: "1" });
		const path = join(desk.directory, FILE);
		// From the future: only its staying the same says that it is at rest, and its settings never stay the same.
		const future = Date.now() / 1000 + 3600;
		utimesSync(path, future, future);
		let looks = 0;
		const contents: unknown[] = [];
		const errors: string[] = [];
		const source = createFileSource({
			subject: "shop/test/settings",
			root: desk.emulator.directory.root,
			locate: () => path,
			setting: () => ({ mark: `${looks++}` }),
			settleMs: 1,
			turn: () => looks,
			log: { ...SILENT, error: (text) => errors.push(text) },
			onContent: (content) => void contents.push(content),
			onRemoved() {},
		});
		await source.refresh();
		expect(contents).toEqual([]);
		expect(errors).toEqual([`${path} changes all the time and is not read`]);
	});
});
