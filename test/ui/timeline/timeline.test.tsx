// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Version } from "../../../src/core/history/history.ts";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import type {
	TimelineRequest,
	TimelineResponse,
} from "../../../src/ui/timeline/messages.ts";
import { StepLine } from "../../../src/ui/timeline/StepLine.tsx";
import { percentOf, Timeline } from "../../../src/ui/timeline/Timeline.tsx";
import { toMarkdown } from "../../../src/ui/timeline/to-markdown.ts";
import { render, screen, userEvent } from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	createVersion,
	NOW,
	renderView,
} from "../../helpers/render-view.tsx";

await import("../../../src/ui/timeline/timeline-worker.ts");
const handle = self.onmessage;
self.onmessage = null;

/** The worker in the page itself: happy-dom has none. */
class PageWorker {
	onmessage: ((event: MessageEvent<TimelineResponse>) => void) | null = null;
	onerror = null;
	async postMessage(data: TimelineRequest): Promise<void> {
		await Promise.resolve();
		vi.stubGlobal("postMessage", (response: TimelineResponse) =>
			this.onmessage?.(new MessageEvent("message", { data: response })),
		);
		handle?.call(self as never, new MessageEvent("message", { data }));
		vi.unstubAllGlobals();
	}
	terminate(): void {}
}
vi.mock("../../../src/ui/content/create-worker.ts", () => ({
	registerWorker: () => () => new PageWorker() as unknown as Worker,
}));

beforeEach(() => localStorage.clear());

const bytes = (text: string) => new TextEncoder().encode(text);
const bodies = {
	1: bytes('{"a":59.00}'),
	2: bytes('{"a":49.90}'),
	3: bytes('{"a":49.90,"b":1}'),
	4: bytes('{"a":39.90,"b":1}'),
};
const versions = [4, 3, 2, 1].map((number) =>
	createVersion(number, {
		label: `release-${number}`,
		receivedAt: NOW + number * 3_600_000,
	}),
);
const profile = createProfileSnapshot({
	versions,
	lastSeenNumber: 3,
	lastSeenAt: NOW,
});

function renderTimeline(jsonPath = "$.a", profiles = [profile]) {
	const onCompare = vi.fn();
	const onClose = vi.fn();
	renderView(
		<Timeline
			profile={profile}
			profiles={profiles}
			jsonPath={jsonPath}
			onCompare={onCompare}
			onClose={onClose}
		/>,
		{ bodies },
	);
	return { onCompare, onClose };
}

const rows = () =>
	screen
		.getAllByRole("listitem")
		.map((row) => row.querySelector(".values")?.textContent);

describe("the timeline of a key", () => {
	test("has each value with the one before, newest first", async () => {
		renderTimeline();
		await screen.findByText("3 values in 4 versions");
		expect(rows()).toEqual(["49.90→39.90 −20 %", "59.00→49.90 −15 %", "59.00"]);
		expect(document.querySelector(".timeline-current")?.textContent).toMatch(
			/^39\.90 since /,
		);
		screen.getByRole("img", { name: "59.00, then 49.90, then 39.90" });
		screen.getByText(/^Last looked/);
	});

	test("compares a version with the one before it", async () => {
		const { onCompare } = renderTimeline();
		await screen.findByText("3 values in 4 versions");
		const [newest, , oldest] = screen.getAllByRole("listitem");
		const button = newest?.querySelector("button");
		if (button) await userEvent.click(button);
		expect(onCompare).toHaveBeenCalledWith(3, 4);
		expect(oldest?.querySelector("button")?.disabled).toBe(true);
	});

	test("says that a key has not changed, and where it was missing", async () => {
		renderTimeline("$.b");
		await screen.findByText("2 values in 4 versions");
		expect(rows()).toEqual(["1", "missing"]);
	});

	test("shows the same key in other environments", async () => {
		const staging = createProfileSnapshot({
			profile: {
				...profile.profile,
				id: "p2" as ProfileId,
				environment: "staging",
			},
			versions: [createVersion(1)],
		});
		renderTimeline("$.a", [profile, staging]);
		await screen.findByText("The same key elsewhere");
		expect(document.querySelector(".elsewhere li")?.textContent).toMatch(
			/^staging59\.00v1/,
		);
	});

	test("ends with Escape and Close", async () => {
		const { onClose } = renderTimeline();
		await userEvent.keyboard("{Escape}");
		await userEvent.click(
			screen.getByRole("button", { name: "Close timeline" }),
		);
		expect(onClose).toHaveBeenCalledTimes(2);
	});
});

test.each([
	["49.90", "39.90", "−20 %"],
	["10", "15", "+50 %"],
	["0", "5", ""],
	['"a"', '"b"', ""],
	[undefined, "1", ""],
])("the change from %s to %s is %s", (from, to, percent) => {
	expect(percentOf(from, to)).toBe(percent);
});

test("a value that is not always a number has no line", () => {
	const values: { readonly version: Version; readonly value?: string }[] =
		versions.map((version) => ({ version, value: '"text"' }));
	const { container } = render(<StepLine values={values} now={NOW} />);
	expect(container.innerHTML).toBe("");
});

test("Markdown has a row for each value, with pipes escaped", () => {
	const [newest] = versions;
	expect(
		toMarkdown(
			"$.a",
			newest ? [{ version: newest, to: '"x|y"', isFirst: true }] : [],
		),
	).toBe(
		[
			"`$.a`",
			"",
			"| from | to | version | label | received |",
			"| --- | --- | --- | --- | --- |",
			'| _missing_ | `"x\\|y"` | v4 | `release-4` | 2023-11-15T02:13:20.000Z |',
			"",
		].join("\n"),
	);
});
