// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import type { ProfileSnapshot } from "../../../src/core/protocol/snapshot.ts";
import {
	saveHistory,
	saveVersion,
} from "../../../src/ui/history/export-history.ts";
import { importHistory } from "../../../src/ui/history/import-history.ts";
import { VersionHistory } from "../../../src/ui/history/VersionHistory.tsx";
import { createCompareWorkerInPage } from "../../helpers/compare-worker.ts";
import {
	act,
	fireEvent,
	screen,
	userEvent,
	waitFor,
	within,
} from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	createVersion,
	NOW,
	PROFILE_ID,
	renderView,
	type ViewOptions,
} from "../../helpers/render-view.tsx";

// Loaded here, so that the component's imports of them do not wait for their compilation.
await import("../../../src/ui/history/HistoryTools.tsx");
await import("../../../src/ui/history/RowTools.tsx");
await import("../../../src/ui/history/ChangeSummary.tsx");

vi.mock("../../../src/ui/history/export-history.ts", () => ({
	saveHistory: vi.fn(async () => "Saved 2 versions as settings-history.jsonl."),
	saveVersion: vi.fn(async () => "Saved 1,204 bytes of version 1."),
}));
vi.mock("../../../src/ui/history/import-history.ts", () => ({
	importHistory: vi.fn(),
}));

const { start } = await createCompareWorkerInPage();
vi.mock("../../../src/ui/diff/compare-client.ts", () => ({
	convertInputs: () => undefined,
	createCompareWorker: () => start(),
}));

beforeEach(() => {
	localStorage.clear();
	vi.mocked(importHistory).mockReset();
});

interface HistoryOptions extends ViewOptions {
	readonly profile?: ProfileSnapshot;
	readonly compact?: boolean;
	readonly shown?: number;
}

function renderHistory(options: HistoryOptions = {}) {
	const { profile = createProfileSnapshot(), compact = false } = options;
	const onShow = vi.fn();
	const onCompare = vi.fn();
	const onCompareWith = vi.fn();
	const toView = (profile: ProfileSnapshot) => (
		<VersionHistory
			profile={profile}
			compact={compact}
			shown={options.shown}
			onShow={onShow}
			onCompare={onCompare}
			onCompareWith={onCompareWith}
		/>
	);
	const view = renderView(toView(profile), options);
	return {
		...view,
		onShow,
		onCompare,
		onCompareWith,
		update: (changed: ProfileSnapshot) => view.rerender(toView(changed)),
	};
}

const rows = () =>
	within(screen.getByRole("list", { name: "Version history" })).getAllByRole(
		"listitem",
	);
const openMenu = async (name: string) =>
	userEvent.click(await screen.findByRole("button", { name }));
const choose = async (menu: string, item: string) => {
	await openMenu(menu);
	await userEvent.click(screen.getByRole("menuitem", { name: item }));
};
const itemsOf = (menu: string) =>
	within(screen.getByRole("menu", { name: menu }))
		.getAllByRole("menuitem")
		.map(({ textContent }) => textContent);
const click = (name: string) =>
	userEvent.click(screen.getByRole("button", { name }));

test("each version is a row with its label and note, and its size and hash in the title of the time", () => {
	const versions = [
		createVersion(2, { label: "spring-sale", note: "rolled back" }),
		createVersion(1),
	];
	renderHistory({ profile: createProfileSnapshot({ versions }), shown: 2 });
	const [newest, oldest] = rows();
	for (const text of ["Version 2", "live", "spring-sale", "rolled back"])
		expect(newest?.textContent).toContain(text);
	expect(newest?.querySelector(".time")?.getAttribute("title")).toMatch(
		/1,204 bytes, 22222222$/,
	);
	expect(oldest?.textContent).not.toContain("live");
	expect(newest?.querySelector("button")?.getAttribute("aria-current")).toBe(
		"true",
	);
});

test("the newest version is called latest while the profile is paused", () => {
	renderHistory({ profile: createProfileSnapshot({ paused: true }) });
	expect(rows()[0]?.textContent).toContain("latest");
});

test("an empty history says what appears in it", () => {
	renderHistory({ profile: createProfileSnapshot({ versions: [] }) });
	screen.getByText("Versions appear here when they are received.");
});

test("a click compares a version with the one before, and shows the oldest one", async () => {
	const { onShow, onCompare } = renderHistory();
	const [first, second] = rows().map((row) => row.querySelector("button"));
	if (first) await userEvent.click(first);
	expect(onCompare).toHaveBeenCalledWith(1, 2);
	if (second) await userEvent.click(second);
	expect(onShow).toHaveBeenCalledWith(1);
});

test("Enter compares as a click does, and Space shows the version", async () => {
	const { onShow, onCompare } = renderHistory();
	rows()[0]?.querySelector("button")?.focus();
	await userEvent.keyboard("{Enter}");
	expect(onCompare).toHaveBeenCalledExactlyOnceWith(1, 2);
	await userEvent.keyboard(" ");
	expect(onShow).toHaveBeenCalledExactlyOnceWith(2);
	expect(onCompare).toHaveBeenCalledOnce();
});

test("any version of any profile can be chosen to compare with", async () => {
	const { onCompareWith } = renderHistory();
	await choose("More about version 1", "Compare with…");
	expect(onCompareWith).toHaveBeenCalledExactlyOnceWith(1);
});

test("the list is one Tab stop, and arrow keys move between the rows", async () => {
	renderHistory();
	const [first, second] = rows().map((row) => row.querySelector("button"));
	expect([first?.tabIndex, second?.tabIndex]).toEqual([0, -1]);
	first?.focus();
	await userEvent.keyboard("{ArrowDown}");
	expect(document.activeElement).toBe(second);
	await userEvent.keyboard("{ArrowUp}");
	expect(document.activeElement).toBe(first);
});

test("versions are grouped by day, and a line says where the user last looked", () => {
	const now = Date.now();
	const days = (count: number) =>
		new Date(now).setHours(12, 0, 0, 0) - count * 86_400_000;
	const versions = [
		createVersion(4, { receivedAt: Math.min(now, days(0)) }),
		createVersion(3, { receivedAt: days(1) }),
		createVersion(2, { receivedAt: days(1) - 1_000 }),
		createVersion(1, { receivedAt: days(400) }),
	];
	renderHistory({
		profile: createProfileSnapshot({
			versions,
			lastSeenNumber: 4,
			baseline: { number: 2, at: days(1) },
		}),
	});
	const year = new Date(days(400)).getFullYear();
	expect(
		screen.getAllByRole("heading", { level: 3 }).map((one) => one.textContent),
	).toEqual(["Today", "Yesterday", expect.stringContaining(`${year}`)]);
	const line = screen.getByText(/You last looked here, yesterday 12:00/);
	expect(line.closest("li")?.textContent).toContain("Version 2");
	const isNew = rows().map((row) =>
		row.querySelector("[data-new]")?.getAttribute("data-new"),
	);
	expect(isNew).toEqual(["true", "true", "false", "false"]);
});

test("the menu of a version names its actions by verbs", async () => {
	renderHistory();
	await openMenu("More about version 2");
	expect(itemsOf("Version 2")).toEqual([
		"Show this version",
		"Compare with the version before (v1)",
		"Compare with…",
		"Copy configuration",
		"Copy changes",
		"Copy details",
		"Save as file",
		"Pin",
		"Add note…",
		"Delete…",
	]);
});

test("the oldest version has none before it, and is compared with the live one", async () => {
	renderHistory();
	await openMenu("More about version 1");
	const items = itemsOf("Version 1");
	expect(items).toContain("Compare with live (v2)");
	expect(items.join()).not.toContain("version before");
});

test("a right click on a row opens its menu", async () => {
	renderHistory();
	await screen.findByRole("button", { name: "More about version 2" });
	const [row] = rows();
	await waitFor(() => {
		if (row) fireEvent.contextMenu(row, { clientX: 5, clientY: 5 });
		screen.getByRole("menu", { name: "Version 2" });
	});
});

test("a version is shown and compared from its menu", async () => {
	const { onShow, onCompare } = renderHistory();
	await choose("More about version 2", "Show this version");
	expect(onShow).toHaveBeenCalledWith(2);
	await choose("More about version 1", "Compare with live (v2)");
	expect(onCompare).toHaveBeenCalledWith(1, 2);
});

test("a version is copied, and its details too", async () => {
	userEvent.setup();
	renderHistory({ bodies: { 1: new TextEncoder().encode('{"a":1}') } });
	await choose("More about version 1", "Copy configuration");
	await screen.findByText("Copied 7 bytes of version 1.");
	expect(await navigator.clipboard.readText()).toBe('{"a":1}');
	await choose("More about version 1", "Copy details");
	await screen.findByText("Copied the details of version 1.");
	expect(await navigator.clipboard.readText()).toContain("settings");
});

test("the changes of a version are copied as sentences, with what they are of", async () => {
	userEvent.setup();
	renderHistory({
		bodies: {
			1: new TextEncoder().encode('{"a":1,"b":[2]}'),
			2: new TextEncoder().encode('{"a":3,"c":null}'),
		},
	});
	await choose("More about version 2", "Copy changes");
	await screen.findByText("Copied the changes of version 2.");
	expect(await navigator.clipboard.readText()).toBe(
		"shop / prod / settings, version 1 to 2\na changed from 1 to 3\nb was removed: [2]\nc was added: null\n",
	);
});

test("binary content and a version that is gone are not copied, and the reason is announced", async () => {
	renderHistory({ bodies: { 1: Uint8Array.of(0xff, 0) } });
	await choose("More about version 1", "Copy configuration");
	await screen.findByText(/Version 1 is not UTF-8 text.*Save it as a file/);
	await choose("More about version 2", "Copy configuration");
	await screen.findByText("Version 2 is no longer stored.");
});

test("a version is saved as a file", async () => {
	renderHistory();
	await choose("More about version 1", "Save as file");
	await screen.findByText("Saved 1,204 bytes of version 1.");
	expect(saveVersion).toHaveBeenCalledOnce();
});

test("a version is pinned and unpinned", async () => {
	const versions = [createVersion(2, { pinned: true }), createVersion(1)];
	const { commands } = renderHistory({
		profile: createProfileSnapshot({ versions }),
	});
	await choose("More about version 2", "Unpin");
	await screen.findByText("Version 2 is no longer pinned.");
	await click("Pin version 1");
	await screen.findByText("Version 1 is pinned.");
	expect(commands).toEqual([
		{ name: "pinVersion", input: { id: PROFILE_ID, number: 2, pinned: false } },
		{ name: "pinVersion", input: { id: PROFILE_ID, number: 1, pinned: true } },
	]);
});

test("a note is saved without blanks around it, by button or Ctrl+Enter", async () => {
	const { commands } = renderHistory();
	await choose("More about version 2", "Add note…");
	await userEvent.type(
		screen.getByRole("textbox", { name: "Note" }),
		"  before the sale ",
	);
	await click("Save note");
	await screen.findByText("The note on version 2 is saved.");
	await choose("More about version 2", "Add note…");
	await userEvent.keyboard("again{Control>}{Enter}{/Control}");
	expect(screen.queryByRole("dialog")).toBeNull();
	expect(commands.map(({ input }) => input)).toEqual([
		{ id: PROFILE_ID, number: 2, note: "before the sale" },
		{ id: PROFILE_ID, number: 2, note: "again" },
	]);
});

test("an empty note removes the note", async () => {
	const versions = [createVersion(2, { note: "old" }), createVersion(1)];
	renderHistory({ profile: createProfileSnapshot({ versions }) });
	await choose("More about version 2", "Edit note…");
	await userEvent.clear(screen.getByRole("textbox", { name: "Note" }));
	await click("Save note");
	await screen.findByText("Version 2 has no note.");
});

test("deleting asks first, says that AppConfig still serves the version, and selects the newest", async () => {
	const { commands, onShow } = renderHistory({ shown: 2 });
	await choose("More about version 2", "Delete…");
	const dialog = screen.getByRole("dialog", { name: "Delete version 2?" });
	expect(dialog.textContent).toContain("It can't be recovered.");
	expect(dialog.textContent).toContain("AppConfig still serves version 2");
	await click("Delete");
	await screen.findByText("Version 2 is deleted.");
	expect(onShow).toHaveBeenCalledWith(undefined);
	expect(commands).toEqual([
		{ name: "deleteVersions", input: { id: PROFILE_ID, numbers: [2] } },
	]);
});

test("a deletion that is cancelled changes nothing", async () => {
	const { commands } = renderHistory();
	await choose("More about version 1", "Delete…");
	await click("Cancel");
	expect(screen.queryByRole("dialog")).toBeNull();
	expect(commands).toEqual([]);
});

test("a failed deletion is announced", async () => {
	renderHistory({
		replies: { deleteVersions: new Error("The storage is full.") },
	});
	await choose("More about version 1", "Delete…");
	await click("Delete");
	await screen.findByText("The storage is full.");
});

test("all versions, or all that are not pinned, can be deleted", async () => {
	const versions = [createVersion(2, { pinned: true }), createVersion(1)];
	const { commands } = renderHistory({
		profile: createProfileSnapshot({ versions }),
	});
	await choose("More about the history", "Delete all…");
	expect(screen.getByRole("dialog").textContent).toContain(
		"1 of them is pinned.",
	);
	await click("Delete 1, keep pinned");
	await choose("More about the history", "Delete all…");
	await click("Delete all 2");
	await screen.findByText("2 versions are deleted.");
	expect(commands.map(({ input }) => input)).toEqual([
		{ id: PROFILE_ID, numbers: [1] },
		{ id: PROFILE_ID, numbers: [2, 1] },
	]);
});

test("the history is exported", async () => {
	renderHistory();
	await choose("More about the history", "Export all as JSON Lines");
	await screen.findByText("Saved 2 versions as settings-history.jsonl.");
	expect(saveHistory).toHaveBeenCalledOnce();
});

test("an import shows its progress, can be cancelled, and announces its result", async () => {
	renderHistory();
	await screen.findByRole("button", { name: "More about the history" });
	let finish: (result: string) => void = () => {};
	vi.mocked(importHistory).mockImplementation(
		() =>
			new Promise((resolve) => {
				finish = resolve;
			}),
	);
	const file = new File(["{}"], "history.jsonl");
	await userEvent.upload(screen.getByLabelText("History to import"), file);
	const [imported, options] = vi.mocked(importHistory).mock.calls[0] ?? [];
	expect(imported).toBe(file);
	act(() => options?.onProgress?.(0.5));
	expect(
		screen
			.getByRole("progressbar", { name: "Import of versions" })
			.getAttribute("value"),
	).toBe("0.5");
	await click("Cancel import");
	expect(options?.signal?.aborted).toBe(true);
	act(() => finish("Cancelled. Nothing was imported."));
	await screen.findByText("Cancelled. Nothing was imported.");
	expect(screen.queryByRole("progressbar")).toBeNull();
});

test("a popup imports in a tab, because it closes when the browser asks for a file", async () => {
	const { platform } = renderHistory({ compact: true });
	await choose("More about the history", "Import in a tab…");
	expect(platform.openTab).toHaveBeenCalledWith(PROFILE_ID, undefined);
});

test("the storage in use is shown with its limits", async () => {
	renderHistory();
	await screen.findByText(/of 64 MB, 2 of 50 versions/);
});

test("the first version is announced when it arrives, imported and later ones are not", async () => {
	const empty = createProfileSnapshot({ versions: [] });
	const { update } = renderHistory({ profile: empty });
	await screen.findByRole("button", { name: "More about the history" });
	const old = createVersion(1, { receivedAt: NOW - 1000 });
	update(createProfileSnapshot({ versions: [old] }));
	expect(screen.queryByText(/has arrived/)).toBeNull();
	update(empty);
	const first = createVersion(1, { receivedAt: NOW + 1000 });
	update(createProfileSnapshot({ versions: [first] }));
	await waitFor(() =>
		screen.getByText("Version 1 of Shop settings has arrived."),
	);
	const second = createVersion(2, { receivedAt: NOW + 2000 });
	update(createProfileSnapshot({ versions: [second, first] }));
	expect(screen.queryByText(/Version 2/)).not.toBeNull();
	expect(screen.queryByText(/Version 2 of .* has arrived/)).toBeNull();
});
