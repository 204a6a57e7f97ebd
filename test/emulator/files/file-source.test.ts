// A directory that is not as it should be: links in circles, things in each other's place, writers without rest.
import { mkdirSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFileSource } from "../../../src/emulator/files/file-source.ts";
import { SILENT_LOG } from "../../../src/emulator/shared/log.ts";
import {
	createHarness,
	nextPoll,
	SETTINGS,
	startPolling,
	startSession,
	toText,
} from "../harness.ts";

const FILE = "shop/test/settings.json";

describe("A directory with problems", () => {
	test("links in a circle are ignored, and other files are found", async () => {
		const harness = createHarness({ [FILE]: "1" });
		const link = (name: string) =>
			symlinkSync(basename(name), join(harness.directory, name));
		for (const name of ["shop/test/loop.json", "shop/loop", "loop"]) link(name);
		expect(await nextPoll(harness, await startSession(harness))).toMatchObject({
			text: "1",
		});
		const loop = await startSession(harness, {
			...SETTINGS,
			ConfigurationProfileIdentifier: "loop",
		});
		expect(await nextPoll(harness, loop)).toMatchObject({ status: 404 });
		expect(harness.errors.join()).toContain("loop.json cannot be read");
		for (const name of ["EnvironmentIdentifier", "ApplicationIdentifier"])
			await expect(
				startSession(harness, { ...SETTINGS, [name]: "loop" }),
			).rejects.toThrow("not found");
		const listed = await harness.request({ url: "/applications" });
		expect(JSON.parse(toText(listed.body)).Items).toMatchObject([
			{ Name: "shop" },
		]);
	});

	test("a name that is too long for the file system is not found", async () => {
		const harness = createHarness({ [FILE]: "1" });
		const long = "\u{1f600}".repeat(128);
		for (const name of Object.keys(SETTINGS))
			await expect(
				startSession(harness, { ...SETTINGS, [name]: long }),
			).rejects.toThrow("not found");
	});

	test("the directory may be removed and created again", async () => {
		const harness = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(harness);
		rmSync(harness.directory, { recursive: true });
		await expect(startSession(harness)).rejects.toThrow(
			"Application not found",
		);
		const gone = await nextPoll(harness, token);
		expect(gone.status).toBe(404);
		harness.writeFile(FILE, '{"v": 2}');
		expect(await nextPoll(harness, token)).toMatchObject({ text: '{"v": 2}' });
	});

	test("a directory in place of a file leaves the last good version", async () => {
		const harness = createHarness({ [FILE]: '{"v": 1}' });
		const token = await startPolling(harness);
		harness.removeFile(FILE);
		mkdirSync(join(harness.directory, FILE));
		expect(await nextPoll(harness, token)).toMatchObject({ text: "" });
		expect(harness.errors.join()).toContain("is not a file; the last good");
	});

	test("a file that keeps changing delays a request only for a limited time", async () => {
		const harness = createHarness({ [FILE]: "1" });
		const path = join(harness.directory, FILE);
		// From the future: only its staying the same says that it is at rest, and its settings never stay the same.
		const future = Date.now() / 1000 + 3600;
		utimesSync(path, future, future);
		let looks = 0;
		const contents: unknown[] = [];
		const errors: string[] = [];
		const source = createFileSource({
			subject: "shop/test/settings",
			root: harness.emulator.directory.root,
			locate: () => path,
			settings: () => ({ revision: `${looks++}` }),
			settleMs: 1,
			generation: () => looks,
			log: { ...SILENT_LOG, error: (text) => errors.push(text) },
			onContent: (content) => void contents.push(content),
			onRemoved() {},
		});
		await source.refresh();
		expect(contents).toEqual([]);
		expect(errors).toEqual([`${path} keeps changing and was not read`]);
	});
});
