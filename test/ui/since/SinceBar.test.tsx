// @vitest-environment happy-dom
import { createHash } from "node:crypto";
import { beforeEach, expect, test, vi } from "vitest";
import type { Version } from "../../../src/core/history/history.ts";
import { useEscape } from "../../../src/ui/hooks/use-escape.ts";
import { findUnseen } from "../../../src/ui/since/baseline.ts";
import { SinceBar } from "../../../src/ui/since/SinceBar.tsx";
import { createCompareWorkerInPage } from "../../helpers/compare-worker.ts";
import { screen, userEvent, waitFor } from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	createVersion,
	PROFILE_ID,
	renderView,
	type ViewOptions,
} from "../../helpers/render-view.tsx";

const { start } = await createCompareWorkerInPage();
vi.mock("../../../src/ui/diff/compare-client.ts", () => ({
	convertInputs: () => undefined,
	createCompareWorker: () => start(),
}));

beforeEach(() => localStorage.clear());

const BODIES = [
	'{"checkout":{"price":49.90,"enabled":true},"search":{"size":48},"old":80}',
	'{"checkout":{"price":39.90,"enabled":true},"search":{"size":48},"old":80}',
	'{"checkout":{"price":39.90,"enabled":true},"search":{"size":60},"methods":["twint"]}',
];

interface BarOptions extends ViewOptions {
	readonly texts?: readonly string[];
	readonly versions?: readonly Version[];
	readonly lastSeenNumber?: number;
	readonly isArrival?: boolean;
	readonly compact?: boolean;
}

function renderBar(options: BarOptions = {}) {
	const { texts = BODIES, lastSeenNumber = 1 } = options;
	const versions =
		options.versions ??
		texts
			.map((text, index) =>
				createVersion(index + 1, {
					hash: createHash("sha256").update(text).digest("hex"),
					receivedAt: Date.now() - (texts.length - index) * 3_600_000,
				}),
			)
			.toReversed();
	const unseen = findUnseen(
		createProfileSnapshot({
			versions,
			lastSeenNumber,
			lastSeenAt: new Date().setHours(0, 0, 1, 0) - 3_600_000,
		}),
	);
	if (!unseen) throw new Error("Nothing is new.");
	const onShowChanges = vi.fn();
	const onMarks = vi.fn();
	const view = renderView(
		<SinceBar
			id={PROFILE_ID}
			unseen={unseen}
			isArrival={options.isArrival ?? false}
			compact={options.compact ?? false}
			onShowChanges={onShowChanges}
			onMarks={onMarks}
		/>,
		{
			...options,
			bodies: Object.fromEntries(
				texts.map((text, index) => [index + 1, new TextEncoder().encode(text)]),
			),
		},
	);
	const message = async () => {
		await screen.findByRole("button", { name: "Show changes" });
		return view.container.querySelector(".message")?.textContent ?? "";
	};
	return { ...view, onShowChanges, onMarks, message };
}

const rows = () =>
	screen.getAllByRole("listitem").map(({ textContent }) => textContent);

test("the bar counts versions and keys, and names each path with the version it changed in", async () => {
	const { message } = renderBar();
	expect(await message()).toMatch(
		/^2 versions since you last looked \(yesterday 11:00\sPM\): 4 keys changed$/,
	);
	await waitFor(() =>
		expect(rows()).toEqual([
			"~checkout.price49.90→39.90v2 · 2 h",
			"~search.size48→60v3 · 1 h",
			"−old80v3 · 1 h",
			'+methods["twint"]v3 · 1 h',
		]),
	);
});

test("four paths are named, and the others counted", async () => {
	const many = (value: number) =>
		JSON.stringify(
			Object.fromEntries(
				Array.from({ length: 16 }, (_, key) => [`k${key}`, value]),
			),
		);
	const { message } = renderBar({ texts: [many(1), many(2)] });
	expect(await message()).toMatch(/^1 version since .+: 16 keys changed$/);
	expect(rows()).toHaveLength(5);
	expect(rows().at(-1)).toBe("12 more");
});

test("an arrival is told by its first change", async () => {
	const { message } = renderBar({
		texts: [true, false].map((enabled) =>
			JSON.stringify({ name: "shop", checkout: { enabled } }),
		),
		isArrival: true,
	});
	expect(await message()).toBe("v2: checkout.enabledtrue→false");
	expect(screen.queryByRole("list")).toBeNull();
});

test("the popup says the same in one line", async () => {
	const { message } = renderBar({ compact: true });
	expect(await message()).toMatch(
		/^4 keys changed since yesterday 11:00\sPM: checkout\.price49\.90→39\.90\+3 more$/,
	);
});

test("the pill, in place of the bar where there is no height, counts the changes", async () => {
	const { container, onShowChanges, message } = renderBar();
	await message();
	const pill = container.querySelector<HTMLButtonElement>(".pill");
	expect(pill?.textContent).toBe("4 changed since yesterday");
	if (pill) await userEvent.click(pill);
	expect(onShowChanges).toHaveBeenCalledOnce();
});

test("changes without a changed value are in words", async () => {
	const { message } = renderBar({ texts: ['{"a":1}', '{ "a": 1 }'] });
	expect(await message()).toMatch(/: formatting only$/);
});

test("versions that lead back to the same content differ in nothing", async () => {
	const { message } = renderBar({ texts: ['{"a":1}', '{"a":2}', '{"a":1}'] });
	expect(await message()).toMatch(/^2 versions .+: nothing differs any more$/);
});

test("text is counted in lines", async () => {
	const { message } = renderBar({
		texts: ["one\ntwo\n", "one\n2\nthree\n"],
		versions: [2, 1].map((number) =>
			createVersion(number, {
				hash: `${number}`.repeat(64),
				contentType: "text/plain",
			}),
		),
	});
	expect(await message()).toMatch(/: 3 lines changed$/);
	expect(rows()[0]).toContain("line 2two→2");
});

test("where the version of the last look is no longer kept, the bar says what it compares with", async () => {
	const { message } = renderBar({
		versions: [createVersion(3), createVersion(1)],
		lastSeenNumber: 2,
	});
	expect(await message()).toMatch(
		/4 keys changed\. Version 2 is no longer kept, so this compares with version 1\.$/,
	);
});

test("Show changes compares, and the bar is dismissed by its button or Esc", async () => {
	const { onShowChanges, commands, message } = renderBar();
	await message();
	await userEvent.click(screen.getByRole("button", { name: "Show changes" }));
	expect(onShowChanges).toHaveBeenCalledOnce();
	await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
	await userEvent.keyboard("{Escape}");
	const command = {
		name: "dismissChanges",
		input: { id: PROFILE_ID, number: 3 },
	};
	expect(commands).toEqual([command, command]);
});

test("Esc closes what the user has opened before it dismisses the bar", async () => {
	const onEscape = vi.fn();
	function Opened() {
		useEscape(true, onEscape);
		return null;
	}
	renderView(<Opened />);
	const bar = renderBar();
	await bar.message();
	await userEvent.keyboard("{Escape}");
	expect(onEscape).toHaveBeenCalledOnce();
	expect(bar.commands).toEqual([]);
});

test("a dismissal that fails is announced", async () => {
	const { message } = renderBar({
		replies: { dismissChanges: new Error("The storage is full.") },
	});
	await message();
	await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
	await screen.findByText("The storage is full.");
});

test("the rows to mark are told, by the nodes of the newest tree", async () => {
	const { onMarks, message } = renderBar();
	await message();
	await waitFor(() =>
		expect(onMarks).toHaveBeenLastCalledWith({
			changed: [
				{ node: 2, kind: "changed", was: "49.90" },
				{ node: 5, kind: "changed", was: "48" },
				{ node: 6, kind: "added" },
			],
			removed: [{ parent: 0, key: '"old"', was: "80" }],
			omitted: 0,
		}),
	);
});

test("what was compared before is shown at once", async () => {
	const first = renderBar();
	await first.message();
	await waitFor(() => expect(rows()[3]).toContain("v3"));
	renderBar();
	expect(screen.getAllByRole("button", { name: "Show changes" })).toHaveLength(
		2,
	);
});
