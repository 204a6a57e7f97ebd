import { cp, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "../../scripts/browser/find.ts";
import {
	extensionUrl,
	launch,
	openStage,
} from "../../scripts/browser/launch.ts";
import { fromRoot } from "../../scripts/paths.ts";
import {
	addProfile,
	configuration,
	expect,
	status,
	tab,
	test,
} from "./test.ts";

test("a part whose file cannot be loaded says so, and a second click loads it", async ({
	emulator,
}) => {
	const folder = await mkdtemp(join(tmpdir(), "appconfig-build-"));
	await cp(fromRoot("dist"), folder, { recursive: true });
	const { context, close } = await launch({
		program: await findBrowser(),
		headless: true,
		extension: folder,
	});
	try {
		const stage = await openStage(context);
		const extension = { stage } as Parameters<
			typeof addProfile
		>[0]["extension"];
		await addProfile({ emulator, extension }, "banner.txt", "hello");
		const page = await context.newPage();
		await page.goto(extensionUrl("src/devtools/panel.html"));
		await expect(configuration(page)).toContainText("hello");
		const file = await chunkOf(folder, "Deployments");
		await rename(file, `${file}.away`);
		await tab(page, "Deployments").click();
		await expect(status(page)).toHaveText(
			"This could not be loaded. Try again.",
		);
		await expect(
			page.getByRole("region", { name: "Deployments", exact: true }),
		).toHaveCount(0);
		await rename(`${file}.away`, file);
		await tab(page, "Deployments").click();
		await expect(
			page.getByRole("region", { name: "Deployments", exact: true }),
		).toBeVisible();
	} finally {
		await close();
		await rm(folder, { recursive: true });
	}
});

async function chunkOf(folder: string, name: string): Promise<string> {
	const assets = join(folder, "assets");
	const files = await readdir(assets);
	const found = files.find(
		(file) => file.startsWith(`${name}-`) && file.endsWith(".js"),
	);
	if (!found) throw new Error(`${name} is not a chunk of its own.`);
	return join(assets, found);
}
