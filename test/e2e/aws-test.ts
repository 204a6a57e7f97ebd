// Fixtures of tests against the mock AWS: browsers that reach it and have permission for its hosts.
import { allowHosts } from "../../scripts/browser/permissions.ts";
import { type Aws, createAws, HOSTS } from "./aws.ts";
import { type AwsDoor, createAwsDoor } from "./aws-door.ts";
import { createBrowsers, createSharedBrowser } from "./extension.ts";
import { test as base } from "./test.ts";

/** Match patterns of all that is played. */
export const PLAYED = HOSTS.map((host) => `https://${host}/*`);

export const test = base.extend<{ aws: Aws }, { door: AwsDoor }>({
	door: [
		// biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
		async ({}, use) => {
			const door = await createAwsDoor(HOSTS);
			await use(door);
			await door.close();
		},
		{ scope: "worker" },
	],
	sharedBrowser: [
		async ({ door }, use) => {
			const shared = await createSharedBrowser(door.played);
			await use(shared);
			await shared.remove();
		},
		{ scope: "worker" },
	],
	aws: async ({ emulator, door }, use) => {
		const aws = createAws(emulator.url);
		door.open(aws.answer);
		await use(aws);
		door.shut();
	},
	browsers: async ({ emulator, aws: _, door }, use) => {
		const browsers = await createBrowsers(emulator.url, door.played);
		await use(browsers);
		await browsers.remove();
	},
	extension: async ({ extension, aws: _ }, use) => {
		await allowHosts(extension.context, PLAYED);
		await use(extension);
	},
});
