// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import { ComparePane } from "../../../src/ui/compare/ComparePane.tsx";
import { savePreference } from "../../../src/ui/components/preferences.ts";
import { openContent } from "../../../src/ui/content/content.ts";
import { createCompareWorkerInPage } from "../../helpers/compare-worker.ts";
import {
	act,
	fireEvent,
	screen,
	userEvent,
	waitFor,
	within,
} from "../../helpers/render.tsx";
import { NOW, renderView } from "../../helpers/render-view.tsx";

const { workers, start } = await createCompareWorkerInPage();
vi.mock("../../../src/ui/diff/compare-client.ts", () => ({
	convertInputs: () => undefined,
	createCompareWorker: () => start(),
}));

beforeEach(() => localStorage.clear());

const bytesOf = (text: string) => new TextEncoder().encode(text);

function renderPane(
	original: string | Uint8Array,
	modified: string | Uint8Array,
	view: "split" | "default" = "split",
) {
	if (view === "split") savePreference("compare.p1", "view", view);
	const side = (name: string, body: string | Uint8Array) => ({
		name,
		hash: name,
		receivedAt: NOW,
		content: openContent(
			typeof body === "string" ? bytesOf(body) : body,
			"application/json",
		),
	});
	return renderView(
		<ComparePane
			original={side("Version 1", original)}
			modified={side("Version 2", modified)}
			fileName="flags.json"
			preferencesKey="p1"
		/>,
	);
}

const click = (name: string) =>
	userEvent.click(screen.getByRole("button", { name }));

const lines = () =>
	within(screen.getByRole("group", { name: "Changed lines" }));

const textsOf = (selector: string) =>
	[
		...screen
			.getByRole("group", { name: "Changed lines" })
			.querySelectorAll(selector),
	].map(({ textContent }) => textContent);

const SAME = Array.from({ length: 20 }, (_, at) => `  "same${at}": 0,\n`).join(
	"",
);
const OLD = `{\n  "a": 1,\n${SAME}  "z": 1\n}\n`;
const NEW = `{\n  "a": 2,\n${SAME}  "z": 3\n}\n`;

test("both versions are named, the old one first", () => {
	renderPane(OLD, NEW);
	const names = screen.getAllByText(/^Version \d$/);
	expect(names.map(({ textContent }) => textContent)).toEqual([
		"Version 1",
		"Version 2",
	]);
});

test("changed lines are shown side by side with their changes marked", () => {
	renderPane(OLD, NEW);
	expect(textsOf("del")).toEqual(['  "a": 1,', '  "z": 1']);
	expect(textsOf("ins")).toEqual(['  "a": 2,', '  "z": 3']);
	expect(textsOf("del mark")).toEqual(["1", "1"]);
});

test("unchanged lines are folded, and a click shows them", async () => {
	renderPane(OLD, NEW);
	expect(lines().queryAllByText(/"same/)).toHaveLength(12);
	await userEvent.click(
		lines().getByRole("button", { name: "⋯ 14 unchanged lines" }),
	);
	expect(lines().getAllByText(/"same/)).toHaveLength(40);
});

test("the selected mode is used for the next comparison", async () => {
	renderPane(OLD, NEW);
	await click("Unified");
	expect(
		screen.getByRole("group", { name: "Changed lines" }).dataset.layout,
	).toBe("unified");
	expect(localStorage.getItem("view.compare.p1")).toContain("unified");
});

test("F7 goes to the next change and around to the first one", () => {
	const { container } = renderPane(OLD, NEW);
	const current = () => container.querySelector(".line.current")?.textContent;
	expect(current()).toContain('"a": 2');
	fireEvent.keyDown(document, { key: "F7" });
	expect(current()).toContain('"z": 3');
	fireEvent.keyDown(document, { key: "F7" });
	expect(current()).toContain('"a": 2');
	fireEvent.keyDown(document, { key: "F7", shiftKey: true });
	expect(current()).toContain('"z": 3');
});

test("values are listed by path, and a click shows one in the text", async () => {
	const { container } = renderPane(OLD, NEW);
	await screen.findByText("2 changed");
	await click("Values");
	const list = within(screen.getByRole("list", { name: "Changed values" }));
	const items = list.getAllByRole("listitem");
	expect(items.map(({ textContent }) => textContent)).toEqual([
		"~changeda1→2",
		"~changedz1→3",
	]);
	await userEvent.click(list.getByRole("button", { name: "z" }));
	await waitFor(() =>
		expect(container.querySelector(".line.current")?.textContent).toContain(
			'"z": 3',
		),
	);
});

test("feature flags are compared as flags", async () => {
	renderPane(
		'{"gift-cards":{"enabled":false},"banner":{"enabled":true,"from":49.9}}',
		'{"gift-cards":{"enabled":true},"banner":{"enabled":true,"from":39.9}}',
		"default",
	);
	const list = within(
		await screen.findByRole("list", { name: "Changed values" }),
	);
	await waitFor(() =>
		expect(
			list.getAllByRole("listitem").map(({ textContent }) => textContent),
		).toEqual(["~changedgift-cardsoff→on", "~changedbanner · from49.9→39.9"]),
	);
	screen.getByText("2 changed");
});

test("binary versions are compared byte by byte", async () => {
	const bytes = (...changed: readonly (readonly [number, number])[]) => {
		const all = Uint8Array.from({ length: 40 }, (_, at) => at % 8);
		for (const [at, value] of changed) all[at] = value;
		return all;
	};
	renderPane(bytes(), bytes([1, 0xff], [33, 0xfe]).subarray(0, 38), "default");
	const list = screen.getByRole("group", { name: "Changed bytes" });
	const marks = [...list.querySelectorAll("mark")].map(
		({ textContent }) => textContent,
	);
	expect(marks).toEqual(["01", "ff", "01", "06", "07", "fe"]);
	const offsets = [...list.querySelectorAll(".gutter")].map(
		({ textContent }) => textContent,
	);
	expect(offsets).toEqual(["00000000", "00000020"]);
	screen.getByText("4 bytes differ, in 2 rows of 16");
	expect(screen.queryByRole("button", { name: "Unified" })).toBeNull();
});

test("lines are broken unless the user turns it off, which is remembered", async () => {
	const isWrapped = ({ container }: { container: Element }) =>
		within(container as HTMLElement)
			.getByRole("group", { name: "Changed lines" })
			.classList.contains("wrapped");
	const first = renderPane('{"a":1}', '{"a":2}');
	expect(isWrapped(first)).toBe(true);
	await click("Wrap");
	expect(isWrapped(first)).toBe(false);
	expect(isWrapped(renderPane('{"a":1}', '{"a":2}'))).toBe(false);
});

test("documents are compared by value at first", async () => {
	renderPane(OLD, NEW, "default");
	await screen.findByRole("list", { name: "Changed values" });
});

test("a document on one long line is compared formatted", async () => {
	const write = (last: number) =>
		JSON.stringify({ list: Array.from({ length: 600 }, (_, at) => at), last });
	renderPane(write(1), write(2));
	const box = await screen.findByRole<HTMLInputElement>("checkbox", {
		name: "Formatted",
	});
	expect(box.checked).toBe(true);
	expect(textsOf("ins")).toEqual(['  "last": 2']);
});

test("changes that no line shows are noted", async () => {
	renderPane('{"a":1}\r\n', '\ufeff{"a":1}\n');
	screen.getByText("Line endings changed from CRLF to LF.");
	screen.getByText("The byte order mark was added.");
	await screen.findByText(/^Nothing but .* changed\.$/);
});

test("duplicate keys around a difference are noted", async () => {
	renderPane('{"a":1,"a":2}', '{"a":3,"a":2}', "default");
	await screen.findByText(/most programs read only the last one/);
});

test("text that is no document is compared by line only", async () => {
	renderPane("{broken\n", "{broken more\n");
	const values = screen.getByRole<HTMLButtonElement>("button", {
		name: "Values",
	});
	await waitFor(() =>
		expect(values.title).toContain("first version cannot be"),
	);
	expect(values.disabled).toBe(true);
});

test("the changes are copied in the format that the menu offers", async () => {
	const user = userEvent.setup();
	renderPane('{"a":1}\n', '{"a":2}\n');
	await screen.findByText("1 changed");
	const copy = async (name: string) => {
		await click("Copy changes");
		await user.click(screen.getByRole("menuitem", { name }));
	};
	await copy("Copy as JSON Patch (Version 1 → Version 2)");
	await screen.findByText("Copied the JSON Patch.");
	expect(JSON.parse(await navigator.clipboard.readText())).toEqual([
		{ op: "replace", path: "/a", value: 2 },
	]);
	await copy("Copy in words");
	await screen.findByText("Copied the changes in words.");
	expect(await navigator.clipboard.readText()).toBe("a changed from 1 to 2\n");
	await copy("Copy as unified patch (Version 1 → Version 2)");
	await screen.findByText("Copied the unified patch.");
	expect(await navigator.clipboard.readText()).toContain("+++ b/flags.json");
});

test("a format that cannot express the changes says why", async () => {
	renderPane('{"a":1}', Uint8Array.of(...bytesOf('{"a":"'), 0xff, 0x22, 0x7d));
	await screen.findByText(/1 changed/);
	await click("Copy changes");
	for (const [name, reason] of [
		[/Copy as unified patch/, "the second version is not"],
		[/Copy as JSON Patch/, "bytes that are not UTF-8"],
	] as const)
		expect(screen.getByRole("menuitem", { name }).textContent).toContain(
			reason,
		);
});

test("a failing worker is reported, and so is a copy that fails with it", async () => {
	renderPane('{"a":1}\n', '{"a":2}\n');
	await screen.findByText("1 changed");
	const worker = workers.at(-1);
	if (!worker) throw new Error("No worker was started.");
	vi.spyOn(worker, "postMessage").mockResolvedValue();
	await click("Copy changes");
	await userEvent.click(
		screen.getByRole("menuitem", {
			name: "Copy as JSON Patch (Version 1 → Version 2)",
		}),
	);
	act(() => worker.fail("out of memory"));
	expect(screen.getByRole("alert").textContent).toBe(
		"The comparison failed: out of memory",
	);
	await screen.findByText("Couldn't copy the JSON Patch: out of memory");
});

test("red and green are for versions of one profile, environments have their own colours", () => {
	const side = (name: string, environment?: string) => ({
		content: openContent(bytesOf('{"a":1}'), "application/json"),
		name,
		environment,
		hash: "ab",
		receivedAt: NOW,
	});
	const shared = { fileName: "flags.json", preferencesKey: "p1" };
	const tones = (element: Element | null) => {
		const { style } = element as HTMLElement;
		return ["--original", "--modified"].map((name) =>
			style.getPropertyValue(name),
		);
	};
	const swapped = renderView(
		<ComparePane
			{...shared}
			original={side("v14")}
			modified={side("v12")}
			older="modified"
		/>,
	);
	expect(tones(swapped.container.querySelector(".compare"))).toEqual([
		"var(--good)",
		"var(--bad)",
	]);
	const other = renderView(
		<ComparePane
			{...shared}
			original={side("v12", "production")}
			modified={side("v9", "staging")}
		/>,
	);
	expect(tones(other.container.querySelector(".compare"))).toEqual([
		"var(--env-production)",
		"var(--env-staging)",
	]);
});
