// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { VaultSnapshot } from "../../../src/core/connection/connection-store.ts";
import { VaultPage } from "../../../src/options/vault/VaultPage.tsx";
import { screen, userEvent, waitFor } from "../../helpers/render.tsx";
import {
	createSnapshot,
	renderView,
	type ViewOptions,
} from "../../helpers/render-view.tsx";

const PASSPHRASE = "otter violin granite teapot";

function renderPage(vault: VaultSnapshot, options: ViewOptions = {}) {
	return renderView(
		<VaultPage snapshot={createSnapshot({ vault })} />,
		options,
	);
}

const field = (name: string) => screen.getByLabelText(name);
const click = (name: string) =>
	userEvent.click(screen.getByRole("button", { name }));

test("a vault is created with a passphrase that was typed twice", async () => {
	const { commands } = renderPage(
		{ status: "none" },
		{ replies: { createVault: { ok: true } } },
	);
	await userEvent.type(field("Passphrase"), PASSPHRASE);
	await userEvent.type(field("Passphrase again"), `${PASSPHRASE}s`);
	await click("Create vault");
	screen.getByText("The passphrases do not match.");
	await waitFor(() =>
		expect(document.activeElement).toBe(field("Passphrase again")),
	);
	expect(commands).toEqual([]);
	await userEvent.type(field("Passphrase again"), "{Backspace}");
	await click("Create vault");
	await screen.findByText("The vault was created and unlocked.");
	expect(commands).toEqual([
		{ name: "createVault", input: { passphrase: PASSPHRASE } },
	]);
	expect(field("Passphrase")).toHaveProperty("value", "");
});

test("a weak passphrase is refused before it is sent", async () => {
	const { commands } = renderPage({ status: "none" });
	await userEvent.type(field("Passphrase"), "short");
	await click("Create vault");
	screen.getByText("Use at least 12 characters.");
	expect(commands).toEqual([]);
});

test("a wrong passphrase says so and leaves the field empty", async () => {
	renderPage(
		{ status: "locked" },
		{ replies: { unlockVault: { ok: false, error: "Wrong passphrase." } } },
	);
	await userEvent.type(field("Passphrase"), PASSPHRASE);
	await click("Unlock");
	await screen.findByText("Wrong passphrase.");
	expect(field("Passphrase")).toHaveProperty("value", "");
});

test("an unlocked vault is locked by a click, and deleted only after a second one", async () => {
	const { commands } = renderPage({ status: "unlocked" });
	await click("Lock now");
	await click("Reset vault");
	expect(commands.map(({ name }) => name)).toEqual(["lockVault"]);
	await click("Yes, delete");
	await screen.findByText("The vault was deleted.");
	expect(commands.map(({ name }) => name)).toEqual(["lockVault", "resetVault"]);
});

test("the passphrase is changed with the current one", async () => {
	const { commands } = renderPage(
		{ status: "unlocked" },
		{ replies: { changePassphrase: { ok: true } } },
	);
	await userEvent.type(field("Current passphrase"), "old");
	await userEvent.type(field("New passphrase"), PASSPHRASE);
	await userEvent.type(field("New passphrase again"), PASSPHRASE);
	await click("Change passphrase");
	await screen.findByText("The passphrase was changed.");
	expect(commands).toEqual([
		{
			name: "changePassphrase",
			input: { passphrase: "old", next: PASSPHRASE },
		},
	]);
});
