// Brings the extension into the states that screenshots show: deploys documents and waits until they are displayed.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright";
import type { Scene } from "./browser/fixture.ts";
import { fromRoot } from "./paths.ts";

export const SETTINGS = "storefront/development/settings.json";
/** One value of each kind that the tree detects, and invisible characters. */
export const VALUES = encode(
	JSON.stringify({
		wrapped: '{"inside": [1, 2, {"deep": true}]}',
		encoded: "aGVsbG8gdGhlcmUsIGNvbmZpZ3VyYXRpb24=",
		address: "https://example.com/a?b=c",
		colour: "#1a73e8",
		seconds: 1_764_000_000,
		day: "2026-03-01T09:00:00Z",
		hidden: "admin\u202e\u200bnimda",
		long: "spring ".repeat(200),
	}),
);
export const BROKEN = encode('{\n  "a": 1,\n  "a": [2, nul]\n}\n');

/** 2 MB: AppConfig's default limit. */
export function hugeDocument(): Uint8Array {
	const products = Array.from({ length: 11_000 }, (_, id) => ({
		id: 9_007_199_254_740_993n.toString() + id,
		name: `product ${id}`,
		price: { amount: (id * 37) % 1000, currency: "EUR" },
		tags: ["spring", "sale"],
		updated: "2026-03-01T09:00:00Z",
		colour: "#1a73e8",
	}));
	return encode(JSON.stringify({ products }));
}

export async function deployChange(scene: Scene): Promise<void> {
	const example = await readFile(fromRoot("examples", SETTINGS), "utf8");
	await scene.deploy(
		SETTINGS,
		example.replace("{", '{\n  "release": 42,').replaceAll("true", "false"),
	);
}

/** Three versions, one of them with a note and pinned. */
export async function makeHistory(page: Page, scene: Scene): Promise<void> {
	await version(page, 1);
	await deployChange(scene);
	await version(page, 2);
	await scene.deploy(
		SETTINGS,
		await readFile(fromRoot("examples", SETTINGS), "utf8"),
	);
	await version(page, 3);
	await showHistory(page);
	await history(page).nth(1).click({ button: "right" });
	await page.getByRole("menuitem", { name: "Pin" }).click();
	await history(page).nth(1).click({ button: "right" });
	await page.getByRole("menuitem", { name: "Add note…" }).click();
	await page.getByRole("textbox", { name: "Note" }).fill("Before the sale");
	await page.getByRole("button", { name: "Save note" }).click();
	await history(page).getByText("Before the sale").waitFor();
}

export function history(page: Page) {
	return page
		.getByRole("list", { name: "Version history" })
		.getByRole("listitem");
}

/** In the popup the history is opened by a button; elsewhere it is there. */
export async function showHistory(page: Page): Promise<void> {
	const opener = page.getByRole("button", { name: "History", exact: true });
	const isPopup = (await opener.count()) > 0;
	if (isPopup && (await opener.getAttribute("aria-expanded")) === "false")
		await opener.click();
	await history(page).first().waitFor();
}

export async function version(page: Page, number: number): Promise<void> {
	await page
		.locator(".version-number")
		.getByText(`v${number}`, { exact: true })
		.waitFor();
	await page
		.getByRole("region", { name: "Configuration", exact: true })
		.getByText(/\S/)
		.first()
		.waitFor();
}

/** A fault of the emulator, with its parameters. */
export async function addFault(
	{ emulator }: Scene,
	fault: Readonly<Record<string, unknown>>,
): Promise<void> {
	await fetch(`${emulator.url}/_emulator/faults`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(fault),
	});
}

function encode(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}
