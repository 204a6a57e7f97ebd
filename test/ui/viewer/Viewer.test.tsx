// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { openContent } from "../../../src/ui/content/content.ts";
import type { PreviousVersion } from "../../../src/ui/content/previous-version.ts";
import { Viewer } from "../../../src/ui/viewer/Viewer.tsx";
import {
	act,
	fireEvent,
	render,
	screen,
	userEvent,
	waitFor,
	within,
} from "../../helpers/render.tsx";

const copied: string[] = [];

beforeEach(() => {
	localStorage.clear();
	copied.length = 0;
	// happy-dom has no layout: everything is as large as a panel.
	for (const [name, value] of [
		["clientWidth", 800],
		["clientHeight", 600],
	] as const)
		vi.spyOn(HTMLElement.prototype, name, "get").mockReturnValue(value);
	vi.stubGlobal("requestIdleCallback", (work: () => void) =>
		setTimeout(work, 0),
	);
	vi.spyOn(navigator.clipboard, "writeText").mockImplementation(
		async (text) => {
			copied.push(text);
		},
	);
});

interface Options {
	readonly contentType?: string;
	readonly previous?: PreviousVersion;
	readonly isNewest?: boolean;
}

function open(
	text: string | Uint8Array,
	{ contentType = "application/json", ...rest }: Options = {},
) {
	const bytes =
		typeof text === "string" ? new TextEncoder().encode(text) : text;
	const content = openContent(bytes, contentType);
	const viewer = (
		<Viewer content={content} compact={false} preferencesKey="a" {...rest} />
	);
	return { viewer, content };
}

function show(text: string | Uint8Array, options?: Options) {
	const { viewer, content } = open(text, options);
	return { ...render(viewer), content };
}

/** A row is named by its label or else by its text. */
const nameOf = (row: HTMLElement) =>
	row.getAttribute("aria-label") ?? row.textContent ?? "";
const rowNames = () => screen.getAllByRole("treeitem").map(nameOf);
const row = (name: string | RegExp) => {
	const found = screen
		.getAllByRole("treeitem")
		.find((one) =>
			typeof name === "string" ? nameOf(one) === name : name.test(nameOf(one)),
		);
	if (!found) throw new Error(`No row is named ${name}: ${rowNames().join()}`);
	return found;
};
const selected = () => screen.queryByRole("treeitem", { selected: true });
const views = () =>
	within(screen.getByRole("group", { name: "View" }))
		.getAllByRole("button")
		.map((button) => button.textContent);

const DOCUMENT = JSON.stringify({
	name: "shop",
	limits: { rate: 1.5, burst: 20 },
	list: ["a", "b"],
});

describe("the tree of a JSON configuration", () => {
	test("has a row for each value, with its level and its position", () => {
		show(DOCUMENT);
		expect(
			screen.getByRole("tree", { name: "Configuration as a tree" }),
		).toBeTruthy();
		expect(rowNames()).toEqual([
			"$: 3 keys",
			'"name": "shop"',
			'"limits": 2 keys',
			'"rate": 1.5',
			'"burst": 20',
			'"list": 2 items',
			'0: "a"',
			'1: "b"',
		]);
		const rate = row('"rate": 1.5');
		expect(rate.getAttribute("aria-level")).toBe("3");
		expect(rate.getAttribute("aria-posinset")).toBe("1");
		expect(rate.getAttribute("aria-setsize")).toBe("2");
	});

	test("closes and opens a container by its triangle and by keys", async () => {
		show(DOCUMENT);
		const user = userEvent.setup();
		const triangle = row(/"limits"/).querySelector("[data-act=turn]");
		if (triangle) await user.click(triangle);
		expect(row(/"limits"/).getAttribute("aria-expanded")).toBe("false");
		expect(rowNames().join()).not.toContain('"rate"');
		screen.getByRole("tree").focus();
		await user.keyboard("{ArrowRight}");
		expect(row(/"limits"/).getAttribute("aria-expanded")).toBe("true");
		await user.keyboard("{ArrowRight}");
		expect(selected()).toBe(row(/"rate"/));
		await user.keyboard("{ArrowLeft}{End}");
		expect(selected()?.textContent).toContain('1: "b"');
	});

	test("moves to a key that is typed", async () => {
		show(DOCUMENT);
		screen.getByRole("tree").focus();
		await userEvent.setup().keyboard("bu");
		expect(selected()?.textContent).toContain('"burst": 20');
	});

	test("shows the path of the selected row and copies it", async () => {
		show(DOCUMENT);
		const user = userEvent.setup();
		await user.click(row('"burst": 20'));
		expect(screen.getByText("$.limits.burst")).toBeTruthy();
		await user.click(screen.getByRole("button", { name: "Copy path" }));
		expect(copied).toEqual(["$.limits.burst"]);
	});

	test("offers in a menu what can be copied of a row", async () => {
		show(DOCUMENT);
		fireEvent.contextMenu(row(/"limits"/));
		const menu = await screen.findByRole("menu", { name: "Copy" });
		expect(
			within(menu)
				.getAllByRole("menuitem")
				.map((item) => item.firstChild?.textContent),
		).toEqual([
			"Copy value",
			"Copy formatted value",
			"Copy key",
			"Copy path as JSONPath",
			"Copy path as JavaScript",
			"Copy path as jq",
			"Copy path as JSON Pointer",
		]);
		await userEvent
			.setup()
			.click(within(menu).getByRole("menuitem", { name: "Copy key" }));
		expect(copied).toEqual(["limits"]);
		expect(screen.queryByRole("menu")).toBeNull();
	});

	test("expands and collapses all of it, or down to a level", async () => {
		show(DOCUMENT);
		const user = userEvent.setup();
		await user.click(screen.getByRole("button", { name: "Collapse all" }));
		expect(screen.getAllByRole("treeitem")).toHaveLength(1);
		await user.selectOptions(
			screen.getByRole("combobox", { name: "Expand to level" }),
			"1",
		);
		expect(screen.getAllByRole("treeitem")).toHaveLength(4);
		await user.click(screen.getByRole("button", { name: "Expand all" }));
		expect(screen.getAllByRole("treeitem")).toHaveLength(8);
	});

	test("warns of duplicate keys and goes to them", async () => {
		show('{"a": 1, "b": 2, "a": 3}');
		await waitFor(() =>
			expect(screen.getByText(/2 keys stand more than once/)).toBeTruthy(),
		);
		await userEvent
			.setup()
			.click(screen.getByRole("button", { name: "Show the next" }));
		expect(selected()?.getAttribute("aria-label")).toBe(
			'"a": 1, duplicate key',
		);
	});

	test("keeps what is open and selected when a new version arrives", async () => {
		const { rerender } = show(DOCUMENT);
		await userEvent.setup().click(row('"burst": 20'));
		const next = DOCUMENT.replace("20", "30").replace("{", '{"new": true,');
		rerender(open(next).viewer);
		expect(selected()?.textContent).toContain('"burst": 30');
		expect(row('"new": true')).toBeTruthy();
	});

	test("highlights what changed in the newest version", async () => {
		const { rerender } = show(DOCUMENT, { isNewest: true });
		const next = open(DOCUMENT.replace("1.5", "2.5"), {
			isNewest: true,
			previous: {
				hash: "before",
				read: async () => undefined,
				changedNodes: async () => Int32Array.of(3),
			},
		});
		rerender(next.viewer);
		await waitFor(() =>
			expect(row('"rate": 2.5').classList.contains("flash")).toBe(true),
		);
		expect(row('"burst": 20').classList.contains("flash")).toBe(false);
	});
});

describe("a value beside its row", () => {
	test("is the JSON in a string, and Escape closes it", async () => {
		show(JSON.stringify({ rules: '{"inside": [1, 2]}' }));
		const user = userEvent.setup();
		await user.click(screen.getByRole("button", { name: "JSON" }));
		const details = screen.getByRole("region", { name: "Value" });
		expect(details.textContent).toContain("JSON in a string");
		expect(within(details).getByRole("tree").textContent).toContain('"inside"');
		await user.keyboard("{Escape}");
		expect(screen.queryByRole("region", { name: "Value" })).toBeNull();
	});

	test("is base64, decoded", async () => {
		show(JSON.stringify({ text: btoa("a text that can be read") }));
		await userEvent
			.setup()
			.click(screen.getByRole("button", { name: "base64" }));
		await waitFor(() =>
			expect(
				screen.getByRole("region", { name: "Value" }).textContent,
			).toContain("a text that can be read"),
		);
	});
});

describe("the views of a document", () => {
	test("have one order, and the chosen one is remembered", async () => {
		const { unmount } = show(DOCUMENT);
		expect(views()).toEqual(["Tree", "Formatted", "Raw"]);
		await userEvent
			.setup()
			.click(screen.getByRole("button", { name: "Formatted" }));
		expect(
			screen.getByRole("tree", { name: "Configuration, formatted" }),
		).toBeTruthy();
		unmount();
		show(DOCUMENT);
		expect(
			screen
				.getByRole("button", { name: "Formatted" })
				.getAttribute("aria-pressed"),
		).toBe("true");
	});

	test("the formatted text has line numbers and folds", async () => {
		show(DOCUMENT);
		const user = userEvent.setup();
		await user.click(screen.getByRole("button", { name: "Formatted" }));
		const lines = () =>
			[...document.querySelectorAll(".line")].map((line) => line.textContent);
		expect(lines()).toContain("11}");
		const fold = row(/"limits"/).querySelector("[data-act=turn]");
		if (fold) await user.click(fold);
		expect(lines().some((line) => line?.includes("… 2 …"))).toBe(true);
		expect(lines().some((line) => line?.includes("burst"))).toBe(false);
	});

	test("of YAML starts with the text", () => {
		show("a: 1\nb: 2\n", { contentType: "application/x-yaml" });
		expect(views()).toEqual(["Tree", "Formatted", "Raw"]);
		expect(screen.getByRole("group", { name: "Text" }).textContent).toContain(
			"a: 1",
		);
	});

	test("of bytes that are not text is a hex dump without a switch", () => {
		show(Uint8Array.of(0, 1, 2, 0x41), {
			contentType: "application/octet-stream",
		});
		expect(screen.queryByRole("group", { name: "View" })).toBeNull();
		const dump = screen.getByRole("group", { name: "Bytes" });
		expect(dump.textContent).toContain("00 01 02 41");
		expect(dump.textContent).toContain("···A");
	});

	test("say when the content type is wrong, and how the text is encoded", () => {
		show("\ufeff<a/>");
		expect(
			screen.getByText(
				"The content type is application/json, but the content is XML.",
			),
		).toBeTruthy();
		expect(
			screen.getByText("Encoded as UTF-8, with a byte order mark."),
		).toBeTruthy();
	});

	test("say where JSON is broken, and show everything before it", () => {
		show('{"a": 1,\n "b": nul}');
		expect(screen.getByRole("alert").textContent).toContain(
			"Not valid JSON, line 2, column 10",
		);
		expect(row('"a": 1')).toBeTruthy();
	});
});

describe("text", () => {
	test("has line numbers, and wrapping is remembered", async () => {
		show("one\ntwo\n", { contentType: "text/plain" });
		const wrap = () => screen.getByRole("button", { name: "Wrap" });
		expect(
			[...document.querySelectorAll(".gutter")].map((at) => at.textContent),
		).toEqual(["1", "2", "3"]);
		expect(wrap().getAttribute("aria-pressed")).toBe("true");
		await userEvent.setup().click(wrap());
		expect(wrap().getAttribute("aria-pressed")).toBe("false");
		expect(localStorage.getItem("wrap.a")).toBe("off");
	});

	test("shows characters that cannot be seen as escapes", () => {
		show("a\u200bb", { contentType: "text/plain" });
		expect(screen.getByText("\\u{200B}").classList.contains("chip")).toBe(true);
	});
});

describe("find", () => {
	const field = () =>
		screen.getByRole<HTMLInputElement>("textbox", { name: "Find" });
	const summary = () => document.querySelector(".find output")?.textContent;

	test("opens by Ctrl+F, counts the matches and goes through them", async () => {
		show(DOCUMENT);
		const user = userEvent.setup();
		fireEvent.keyDown(document.body, { key: "f", ctrlKey: true });
		await user.type(field(), "a");
		await waitFor(() => expect(summary()).toBe("3 matches"));
		expect(document.querySelectorAll("mark").length).toBeGreaterThan(0);
		await user.keyboard("{Enter}");
		await waitFor(() => expect(summary()).toBe("1 of 3"));
		expect(selected()?.textContent).toContain('"name"');
		await user.click(screen.getByRole("button", { name: "Previous match" }));
		await waitFor(() => expect(summary()).toBe("3 of 3"));
		await user.keyboard("{Escape}");
		expect(screen.queryByRole("textbox", { name: "Find" })).toBeNull();
	});

	test("shows only matching rows with their ancestors", async () => {
		show(DOCUMENT);
		const user = userEvent.setup();
		await user.click(screen.getByRole("button", { name: "Find" }));
		await user.type(field(), "burst");
		await user.click(
			screen.getByRole("button", { name: "Only matching rows" }),
		);
		await waitFor(() =>
			expect(screen.getAllByRole("treeitem")).toHaveLength(3),
		);
	});

	test("goes to a path", async () => {
		show(DOCUMENT);
		const user = userEvent.setup();
		await user.click(screen.getByRole("button", { name: "Find" }));
		await user.type(field(), "$.limits.rate{Enter}");
		await waitFor(() =>
			expect(selected()?.textContent).toContain('"rate": 1.5'),
		);
	});

	test("says that nothing was found", async () => {
		show(DOCUMENT);
		const user = userEvent.setup();
		await user.click(screen.getByRole("button", { name: "Find" }));
		await user.type(field(), "zzz");
		await waitFor(() => expect(summary()).toBe("No matches"));
	});

	test("finds lines of a text", async () => {
		show("one\ntwo\none\n", { contentType: "text/plain" });
		const user = userEvent.setup();
		await user.click(screen.getByRole("button", { name: "Find" }));
		await user.type(field(), "one");
		await waitFor(() => expect(summary()).toBe("2 matches"));
		await user.click(screen.getByRole("button", { name: "Next match" }));
		await waitFor(() => expect(summary()).toBe("1 of 2"));
	});
});

describe("feature flags", () => {
	const FLAGS = JSON.stringify({
		beta: { enabled: false, limit: 3 },
		alpha: { enabled: true, _variant: "big", color: "red" },
	});
	const names = () =>
		screen
			.getAllByRole("listitem")
			.map((item) => item.querySelector(".name")?.textContent);

	test("are listed, enabled ones first, with attributes and variant", () => {
		show(FLAGS);
		expect(views()).toEqual(["Flags", "Tree", "Formatted", "Raw"]);
		expect(names()).toEqual(["alpha", "beta"]);
		expect(screen.getByText("1 of 2 enabled")).toBeTruthy();
		const [alpha] = screen.getAllByRole("listitem");
		expect(alpha?.textContent).toContain("variant big");
		expect(alpha?.textContent).toContain('color: "red"');
	});

	test("are sorted, filtered and copied", async () => {
		show(FLAGS);
		const user = userEvent.setup();
		await user.selectOptions(
			screen.getByRole("combobox", { name: "Sort flags" }),
			"document",
		);
		expect(names()).toEqual(["beta", "alpha"]);
		await user.type(
			screen.getByRole("searchbox", { name: "Filter flags" }),
			"limit",
		);
		expect(names()).toEqual(["beta"]);
		await user.click(screen.getByRole("button", { name: "Copy flag beta" }));
		expect(copied[0]).toContain('"limit": 3');
	});

	test("can be limited to those that changed", async () => {
		const before = openContent(
			new TextEncoder().encode(FLAGS.replace("3", "4")),
			"application/json",
		);
		show(FLAGS, {
			previous: {
				hash: "before",
				read: async () => before,
				changedNodes: async () => new Int32Array(),
			},
		});
		await act(async () => {
			screen.getByRole("button", { name: "Only what changed" }).click();
		});
		await waitFor(() => expect(names()).toEqual(["beta"]));
	});
});
