// Keys typed into the options stay in memory: none of the places a browser keeps things in has them.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { allowHost } from "../../scripts/browser/permissions.ts";
import { readStorage } from "../../scripts/browser/storage.ts";
import { expect, test } from "./test.ts";

const CANARIES = {
	"Access key ID": "ASIAQ7CANARYKEYID234",
	"Secret access key": "wJalrCanarySecret/K7MDENG+bPxRfiCYzExample",
	"Session token": `IQoJb3JpZ2luX2VjCanaryToken${"x1Yz".repeat(60)}==`,
};

test("typed keys are found nowhere but in the memory for the browser session", async ({
	browsers,
}) => {
	const extension = await browsers.start();
	await allowHost(
		extension.context,
		"https://appconfigdata.eu-west-1.amazonaws.com/*",
	);
	const options = await extension.openOptions();
	const values = {
		Application: "shop",
		Environment: "prod",
		"Configuration profile": "settings",
		Region: "eu-west-1",
		...CANARIES,
	};
	for (const [name, value] of Object.entries(values))
		await options
			.getByLabel(name, { exact: true })
			.pressSequentially(value, { delay: 0 });
	await options.getByRole("button", { name: "Save profile" }).click();
	await expect(options.getByText("ASIA…D234")).toBeVisible();
	// The call is made, and fails for want of a network.
	const popup = await extension.openPopup();
	await expect(popup.getByRole("alert")).toBeVisible();

	const { stage } = extension;
	const { memory, ...kept } = await readStorage(stage);
	const texts = [
		...Object.values(kept),
		await popup.content(),
		await options.content(),
	];
	for (const canary of Object.values(CANARIES))
		for (const text of texts) expect(text).not.toContain(canary);
	for (const canary of Object.values(CANARIES))
		expect(memory).toContain(canary);

	await browsers.close();
	expect(
		await filesWith(extension.userDataDir, Object.values(CANARIES)),
	).toEqual([]);
});

async function filesWith(
	folder: string,
	texts: readonly string[],
): Promise<readonly string[]> {
	const entries = await readdir(folder, {
		recursive: true,
		withFileTypes: true,
	});
	const found: string[] = [];
	for (const entry of entries) {
		if (!entry.isFile()) continue;
		const path = join(entry.parentPath, entry.name);
		const bytes = await readFile(path);
		// Databases may keep text in either of these.
		const hit = texts.some(
			(text) =>
				bytes.includes(text) || bytes.includes(Buffer.from(text, "utf16le")),
		);
		if (hit) found.push(path);
	}
	return found;
}
