// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { importRoute } from "../../../src/options/form/route.ts";
import { ImportForm } from "../../../src/options/import-export/ImportForm.tsx";
import {
	fireEvent,
	screen,
	userEvent,
	waitFor,
} from "../../helpers/render.tsx";
import { renderView, type ViewOptions } from "../../helpers/render-view.tsx";

const PROFILE = {
	name: "Shop",
	application: "shop",
	environment: "prod",
	configurationProfile: "settings",
	region: "eu-west-1",
};
const EXPORT = JSON.stringify({
	format: "appconfig-inspector",
	version: 1,
	profiles: [PROFILE],
	connections: {},
});

function renderForm(options: ViewOptions & { readonly text?: string } = {}) {
	return renderView(
		<ImportForm
			existing={{ profiles: [], connections: [] }}
			text={options.text ?? ""}
		/>,
		{ replies: { importProfiles: ["p1"] }, ...options },
	);
}

const box = () => screen.getByLabelText("Exported JSON");
const paste = (text: string) =>
	fireEvent.paste(box(), { clipboardData: { files: [], getData: () => text } });
const button = () => screen.getByRole("button", { name: "Import" });

test("a pasted export is summarised but not shown, and added only by Import", async () => {
	const { commands, platform } = renderForm();
	expect(button()).toHaveProperty("disabled", true);
	paste(EXPORT);
	screen.getByText("“Shop”");
	screen.getByText("appconfigdata.eu-west-1.amazonaws.com");
	expect(box()).toHaveProperty("value", "");
	expect(commands).toEqual([]);
	await userEvent.click(button());
	await screen.findByText(
		"Added 1 profile and 0 connections; existing ones were not changed.",
	);
	expect(commands).toEqual([
		{ name: "importProfiles", input: { profiles: [PROFILE] } },
	]);
	expect(platform.requestHost).toHaveBeenCalledWith(
		"https://appconfigdata.eu-west-1.amazonaws.com/*",
	);
	expect(button()).toHaveProperty("disabled", true);
});

test("a link to a shared profile is read like its text", () => {
	renderForm();
	paste(`chrome-extension://id/src/options/index.html#${importRoute(EXPORT)}`);
	screen.getByText("“Shop”");
});

test("a damaged export says what is wrong and cannot be imported", async () => {
	renderForm();
	paste(EXPORT.replace('"eu-west-1"', '"nowhere"'));
	expect(screen.getByRole("alert").textContent).toContain(
		"Profile 1 (“Shop”) cannot be read: region:",
	);
	await waitFor(() => expect(document.activeElement).toBe(box()));
	expect(button()).toHaveProperty("disabled", true);
});

test("a text with keys is refused without being shown", () => {
	renderForm({ text: EXPORT.replace("shop", "AKIAABCDEFGHIJKLMNOP") });
	expect(screen.getByRole("alert").textContent).toContain(
		"This text contains keys or a token",
	);
	expect(document.body.textContent).not.toContain("AKIAABCDEFGHIJKLMNOP");
});

test("an import that fails says why, and can be tried again", async () => {
	renderForm({ replies: { importProfiles: new Error("The disk is full.") } });
	paste(EXPORT);
	await userEvent.click(button());
	await screen.findByText("The disk is full.");
	expect(button()).toHaveProperty("disabled", false);
});

test("hosts that were not granted are announced with what was added", async () => {
	renderForm({ platform: { requestHost: async () => false } });
	paste(EXPORT);
	await userEvent.click(button());
	await screen.findByText(/You did not grant access to all hosts/);
});
