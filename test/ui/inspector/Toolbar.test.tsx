// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import {
	Toolbar,
	type ToolbarProps,
} from "../../../src/ui/inspector/Toolbar.tsx";
import { screen, userEvent } from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	PROFILE_ID,
	renderView,
	type ViewOptions,
} from "../../helpers/render-view.tsx";

function renderToolbar(
	change: Partial<ToolbarProps> = {},
	options: ViewOptions = {},
) {
	return renderView(
		<Toolbar
			profile={createProfileSnapshot()}
			picked={undefined}
			compact={false}
			onCopy={undefined}
			onMore={() => undefined}
			onCompare={undefined}
			onMatrix={undefined}
			{...change}
		/>,
		options,
	);
}

const click = (name: string) =>
	userEvent.click(screen.getByRole("button", { name, exact: true }));

test.each([
	[{ status: "started" }, "Polling now."],
	[{ status: "under-way" }, "A poll is already under way."],
	[{ status: "no-such-profile" }, "This profile was deleted."],
])("Poll now polls, and announces the result %j", async (reply, message) => {
	const { commands } = renderToolbar({}, { replies: { pollNow: reply } });
	await click("Poll now");
	expect(commands).toEqual([{ name: "pollNow", input: { id: PROFILE_ID } }]);
	await screen.findByText(message);
});

test("a command that fails announces the reason", async () => {
	renderToolbar(
		{},
		{ replies: { pause: new Error("The background stopped.") } },
	);
	await click("Pause");
	await screen.findByText("The background stopped.");
});

test("a profile that is polled can be paused", async () => {
	const { commands } = renderToolbar();
	expect(screen.queryByRole("button", { name: "Resume" })).toBeNull();
	await click("Pause");
	expect(commands).toEqual([{ name: "pause", input: { id: PROFILE_ID } }]);
	await screen.findByText("Shop settings is paused.");
});

test("a paused profile can be resumed", async () => {
	const profile = createProfileSnapshot({ paused: true });
	const { commands } = renderToolbar({ profile });
	expect(screen.queryByRole("button", { name: "Pause" })).toBeNull();
	await click("Resume");
	expect(commands).toEqual([{ name: "resume", input: { id: PROFILE_ID } }]);
	await screen.findByText("Shop settings is polled again.");
});

test("Copy configuration is disabled while there is nothing to copy", async () => {
	const onCopy = vi.fn();
	const { rerender } = renderToolbar();
	const button = screen.getByRole("button", { name: "Copy configuration" });
	expect(button).toHaveProperty("disabled", true);
	rerender(
		<Toolbar
			profile={createProfileSnapshot()}
			picked={undefined}
			compact={false}
			onCopy={onCopy}
			onMore={() => undefined}
			onCompare={undefined}
			onMatrix={undefined}
		/>,
	);
	await userEvent.click(button);
	expect(onCopy).toHaveBeenCalledOnce();
});

test("the version that was picked is opened in a tab", async () => {
	const { platform } = renderToolbar({ picked: 1 });
	await click("Open in a tab");
	expect(platform.openTab).toHaveBeenCalledWith(PROFILE_ID, 1);
});

test("a page that is a tab already does not offer to open one", () => {
	renderToolbar({}, { platform: { openTab: undefined } });
	expect(screen.queryByRole("button", { name: "Open in a tab" })).toBeNull();
});

test.each([
	["Edit profile", PROFILE_ID],
	["Add profile", "new"],
	["All profiles", ""],
	["Settings", "settings"],
	["Vault", "vault"],
	["Export and import", "import-export"],
])("More leads to %s", async (name, fragment) => {
	const { platform } = renderToolbar();
	await click("More");
	await userEvent.click(await screen.findByRole("menuitem", { name }));
	expect(platform.openOptions).toHaveBeenCalledWith(fragment);
});

test("the toolbar is one stop for Tab, and the arrow keys move in it", async () => {
	renderToolbar({ onCopy: () => undefined });
	const stops = () =>
		screen
			.getAllByRole("button")
			.filter(
				(button) =>
					!(button as HTMLButtonElement).disabled && button.tabIndex === 0,
			)
			.map((button) => button.getAttribute("aria-label"));
	expect(stops()).toEqual(["Poll now"]);
	screen.getByRole("button", { name: "Poll now" }).focus();
	await userEvent.keyboard("{ArrowRight}{ArrowRight}");
	expect(document.activeElement?.getAttribute("aria-label")).toBe(
		"Copy configuration",
	);
	expect(stops()).toEqual(["Copy configuration"]);
	await userEvent.keyboard("{Home}{ArrowLeft}");
	expect(stops()).toEqual(["More"]);
});

test("More to copy opens its menu beside its own button", async () => {
	const onMore = vi.fn();
	renderToolbar({ onMore });
	await click("More to copy");
	expect(onMore).toHaveBeenCalledWith(
		screen.getByRole("button", { name: "More to copy" }),
	);
});
