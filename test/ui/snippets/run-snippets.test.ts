import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import {
	type SnippetFormat,
	writeSnippet,
} from "../../../src/ui/snippets/snippet.ts";
import { createHarness } from "../../emulator/harness.ts";

const run = promisify(execFile);
const CONTENT = '{"limit": 9007199254740993}';

async function callFor(form: SnippetFormat): Promise<string> {
	const names = [
		'Bob\'s "shop" $HOME',
		"dev `x` !1",
		"set'tings & co",
	] as const;
	const [application, environment, configurationProfile] = names;
	const runtime = createHarness({ [`${names.join("/")}.json`]: CONTENT });
	const { url } = await runtime.emulator.listen({ port: 0 });
	const profile: Profile = {
		id: "p" as ProfileId,
		name: "settings",
		application,
		environment,
		configurationProfile,
		region: "us-east-1",
		endpoint: url,
	};
	const call = writeSnippet(form, profile, {
		endpoint: url,
		isSigned: false,
		agentUrl: url,
	});
	if (!call.ok) throw new Error(call.error);
	return call.value;
}

test("the snippet for the SDK for JavaScript prints the configuration", async () => {
	const call = await callFor("SDK for JavaScript");
	const args = ["--input-type=module", "--eval", call];
	const { stdout } = await run(process.execPath, args);
	expect(stdout.trim()).toBe(CONTENT);
});

test("the URL of the Agent snippet returns the configuration", async () => {
	const call = await callFor("curl to the Agent");
	const { stdout: url } = await run("sh", [
		"-c",
		`curl() { printf %s "$1"; }\n${call}`,
	]);
	const response = await fetch(url);
	expect(await response.text()).toBe(CONTENT);
});
