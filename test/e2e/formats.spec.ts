import type { Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import { complaints } from "./axe.ts";
import type { Extension } from "./extension.ts";
import {
	addProfile,
	button,
	compareNewest,
	compareWith,
	configuration,
	expect,
	status,
	test,
	versions,
} from "./test.ts";
import type { TestEmulator } from "./test-emulator.ts";

interface Given {
	readonly emulator: TestEmulator;
	readonly extension: Extension;
}

/** `extension` as the emulator reads it: `text%plain%charset=utf-16le`. */
function add(
	given: Given,
	[name, extension]: readonly [string, string],
	content: string | Uint8Array,
) {
	return addProfile(given, `${name}.${extension}`, content, {
		name,
		configurationProfile: name,
	});
}

async function openPage(extension: Extension): Promise<Page> {
	await extension.context.grantPermissions(["clipboard-read"]);
	const page = await extension.context.newPage();
	await page.setViewportSize({ width: 1280, height: 700 });
	await page.goto(extensionUrl("src/page/index.html"));
	await expect(configuration(page)).toBeVisible();
	return page;
}

const view = (page: Page, name: string) =>
	configuration(page).getByRole("button", { name, exact: true });

const row = (page: Page, name: string | RegExp) =>
	configuration(page).getByRole("treeitem", { name });

test("YAML keeps numbers and tags in the tree, and a change of type is a change", async ({
	emulator,
	extension,
}) => {
	const yaml = (port: string) =>
		`port: ${port}\nratio: .5\ncode: !Ref x\nkey: !!binary SGVsbG8=\nnames: !!set {a, b}\nown: !<tag:example.com,2000:x> y\n`;
	await addProfile({ emulator, extension }, "types.yaml", yaml("0x50"));
	const page = await openPage(extension);
	await view(page, "Tree").click();
	for (const name of [
		'"port": 0x50',
		'"ratio": .5',
		'"code": !Ref "x"',
		'"key": !!binary "SGVsbG8="',
		'"names": !!set 2 keys',
		'"own": !<tag:example.com,2000:x> "y"',
	])
		await expect(row(page, name)).toBeVisible();
	expect(await complaints(page)).toEqual([]);
	await view(page, "Formatted").click();
	await expect(configuration(page).getByRole("tree")).toContainText(
		'"names": !!set {',
	);
	await emulator.deploy("shop/test/types.yaml", yaml('"0x50"'));
	await expect(versions(page).first()).toContainText('port0x50→"0x50"');
	await compareNewest(page);
	await expect(configuration(page)).toContainText("1 changed");
});

test("multi-variant flags in Ion keep their names, also in a comparison of two profiles", async ({
	emulator,
	extension,
}) => {
	const ion = (weight: number) =>
		`'checkout-v2'::[half::[(split pct::${weight} by::$userId), '''{"_variant":"half","enabled":true}'''], '''{"enabled":false}''']\nbanner::'''{"enabled":true}'''\n`;
	const given = { emulator, extension };
	await add(given, ["other", "application%ion"], ion(50));
	const live = await add(given, ["flags", "application%ion"], ion(75));
	const page = await openPage(extension);
	await page.getByRole("combobox", { name: "Profile" }).selectOption(live);
	await view(page, "Tree").click();
	await expect(row(page, /checkout-v2'::/)).toBeVisible();
	await expect(row(page, /half::/)).toBeVisible();
	await view(page, "Formatted").click();
	await expect(configuration(page).getByRole("tree")).toContainText("half::[");
	await compareWith(page, "other");
	await configuration(page).getByRole("button", { name: "Values" }).click();
	const list = page.getByRole("list", { name: "Changed values" });
	await expect(list.getByRole("listitem")).toHaveCount(1);
	await expect(list).toContainText("checkout-v2 · half · split");
	await expect(list.locator("del")).toHaveText("50 %");
	await expect(list.locator("ins")).toHaveText("75 %");
	expect(await complaints(page)).toEqual([]);
});

test("a removed byte order mark is reported, and a patch that cannot be text is not offered", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "mark.bin", '\ufeff{"a": 1}\n');
	const page = await openPage(extension);
	await emulator.deploy("shop/test/mark.bin", '{"a": 1}\n');
	await expect(versions(page).first()).toContainText("byte order mark only");
	await compareNewest(page);
	await expect(configuration(page)).toContainText(
		"Nothing but the byte order mark changed.",
	);
	await expect(configuration(page)).toContainText(
		"The byte order mark was removed.",
	);
	await button(page, "Copy changes").click();
	await page.getByRole("menuitem", { name: "Copy as unified patch" }).click();
	await expect(
		status(page).filter({ hasText: "Copied the unified patch" }),
	).toHaveCount(1);
	expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
		'-\ufeff{"a": 1}\n+{"a": 1}\n',
	);
	await emulator.deploy(
		"shop/test/mark.bin",
		Uint8Array.of(...Buffer.from('{"a": "'), 0xff, ...Buffer.from('"}\n')),
	);
	await expect(versions(page)).toHaveCount(3);
	await expect(versions(page).first()).toContainText(/a1→.*invalid bytes too/);
	await compareNewest(page);
	await expect(configuration(page)).toContainText("that are not UTF-8 changed");
	await button(page, "Copy changes").click();
	for (const [name, why] of [
		["Copy as unified patch", "the second version is not"],
		["Copy as JSON Patch", "bytes that are not UTF-8"],
	] as const) {
		const item = page.getByRole("menuitem", { name });
		await expect(item).toBeDisabled();
		await expect(item).toContainText(why);
	}
	expect(await complaints(page)).toEqual([]);
});

test("a declared charset decodes the text, and an unknown one is reported", async ({
	emulator,
	extension,
}) => {
	const given = { emulator, extension };
	const latin = await add(
		given,
		["latin", "text%plain%charset=iso-8859-1"],
		Buffer.from("caf\u00e9 cr\u00e8me\n", "latin1"),
	);
	const wide = await add(
		given,
		["wide", "text%plain%charset=utf-16le"],
		Buffer.from("\u00e9t\u00e9\n", "utf16le"),
	);
	const unknown = await add(
		given,
		["unknown", "text%plain%charset=unheard-of"],
		"k\u00e4se\n",
	);
	const page = await openPage(extension);
	const chooser = page.getByRole("combobox", { name: "Profile" });
	for (const [profile, text, note] of [
		[latin, "café crème", "Decoded as WINDOWS-1252"],
		[wide, "été", "Decoded as UTF-16LE"],
		[unknown, "käse", "which this browser does not know"],
	] as const) {
		await chooser.selectOption(profile);
		await expect(
			configuration(page).getByRole("group", { name: "Text" }),
		).toContainText(text);
		await expect(configuration(page)).toContainText(note);
	}
});

test("JSON Lines are a tree with one value per line, and a broken line is located", async ({
	emulator,
	extension,
}) => {
	const given = { emulator, extension };
	await add(
		given,
		["events", "application%x-ndjson"],
		'{"id": 1, "at": "x"}\n{"id": 2}\n',
	);
	const page = await openPage(extension);
	await expect(row(page, '"at": "x"')).toBeVisible();
	await expect(row(page, "1: 1 key")).toBeVisible();
	await expect(configuration(page).getByRole("alert")).toHaveCount(0);
	await emulator.deploy(
		"shop/test/events.application%x-ndjson",
		'{"id": 1, "at": "x"}\n{"id": 2}\n{"id": nul}\n',
	);
	await expect(versions(page)).toHaveCount(2);
	await expect(configuration(page).getByRole("alert")).toContainText(
		"Not valid JSON, line 3",
	);
});
