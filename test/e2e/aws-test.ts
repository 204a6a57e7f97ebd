// The fixtures of tests in which AWS is played: a browser that reaches it and may call it.
import { allowHosts } from "../../scripts/browser/permissions.ts";
import { type Aws, createAws } from "./aws.ts";
import { createBrowsers } from "./extension.ts";
import { test as base } from "./test.ts";

export const test = base.extend<{ aws: Aws }>({
	aws: async ({ emulator }, use) => {
		const aws = await createAws(emulator.url);
		await use(aws);
		await aws.close();
	},
	browsers: async ({ emulator, aws }, use) => {
		const browsers = await createBrowsers(emulator.url, aws.played);
		await use(browsers);
		await browsers.remove();
	},
	extension: async ({ browsers, aws }, use) => {
		const extension = await browsers.start();
		await allowHosts(
			extension.context,
			aws.played.map(({ host }) => `https://${host}/*`),
		);
		await use(extension);
	},
});
