// @vitest-environment happy-dom
import { cleanup } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Version } from "../../../src/core/history/history.ts";
import { summarizeVersionChange } from "../../../src/ui/diff/version-summaries.ts";
import {
	ChangeSummary,
	cacheSummary,
	levelOf,
	readCachedSummary,
} from "../../../src/ui/history/ChangeSummary.tsx";

import { screen, waitFor } from "../../helpers/render.tsx";
import {
	createVersion,
	PROFILE_ID,
	renderView,
} from "../../helpers/render-view.tsx";

vi.mock("../../../src/ui/diff/version-summaries.ts", () => ({
	summarizeVersionChange: vi.fn(),
	summaryKey: (before: Version, version: Version) =>
		`${before.hash} ${version.hash}`,
}));

function createStorage(kept?: string) {
	const items = new Map(kept === undefined ? [] : [["summaries", kept]]);
	return {
		getItem: (key: string) => items.get(key) ?? null,
		setItem: (key: string, value: string) => void items.set(key, value),
	};
}

test("a cached summary is found again, and the newest one of a pair counts", () => {
	const storage = createStorage();
	cacheSummary(storage, "a b", { text: "1 changed", size: 1 });
	cacheSummary(storage, "b c", { text: "2 added", size: 2 });
	cacheSummary(storage, "a b", { text: "3 changed", size: 3 });
	expect(readCachedSummary(storage, "a b")).toEqual({
		text: "3 changed",
		size: 3,
	});
	expect(readCachedSummary(storage, "b c")?.text).toBe("2 added");
	expect(readCachedSummary(storage, "c d")).toBeUndefined();
});

test("the oldest summaries are removed when there are too many", () => {
	const storage = createStorage();
	for (let index = 0; index <= 300; index += 1)
		cacheSummary(storage, `${index}`, { text: "", size: index });
	expect(readCachedSummary(storage, "0")).toBeUndefined();
	expect(readCachedSummary(storage, "1")).toBeDefined();
	expect(readCachedSummary(storage, "300")).toBeDefined();
});

test.each(["{", "{}", "[1,[2]]", '[["a",1,1]]'])(
	"damaged summaries (%s) are ignored and replaced",
	(kept) => {
		const storage = createStorage(kept);
		expect(readCachedSummary(storage, "a")).toBeUndefined();
		cacheSummary(storage, "a", { text: "x", size: 1 });
		expect(readCachedSummary(storage, "a")?.text).toBe("x");
	},
);

test("a full storage is not an error", () => {
	const full = {
		...createStorage(),
		setItem: () => {
			throw new DOMException("full", "QuotaExceededError");
		},
	};
	cacheSummary(full, "a b", { text: "1 changed", size: 1 });
	expect(readCachedSummary(full, "a b")).toBeUndefined();
});

test("the bar of the size grows from 0 for formatting to 5 for hundreds of changes", () => {
	const sizes = [-1, 0, 1, 2, 5, 20, 100, 1_000_000];
	expect(sizes.map(levelOf)).toEqual([undefined, 0, 1, 2, 3, 4, 5, 5]);
});

describe("the summary in a row", () => {
	const observed = new Map<Element, (isVisible: boolean) => void>();
	beforeEach(() => {
		localStorage.clear();
		observed.clear();
		vi.mocked(summarizeVersionChange).mockReset();
		vi.stubGlobal(
			"IntersectionObserver",
			class {
				readonly #callback: IntersectionObserverCallback;
				constructor(callback: IntersectionObserverCallback) {
					this.#callback = callback;
				}
				observe(element: Element): void {
					observed.set(element, (isIntersecting) =>
						this.#callback(
							[{ isIntersecting } as IntersectionObserverEntry],
							this as never,
						),
					);
				}
				disconnect(): void {}
			},
		);
	});
	afterEach(() => vi.unstubAllGlobals());

	const showRow = (isVisible = true) => {
		for (const notify of observed.values()) notify(isVisible);
	};
	const renderSummary = (before: Version | undefined = createVersion(1)) =>
		renderView(
			<ChangeSummary
				id={PROFILE_ID}
				version={createVersion(2)}
				before={before}
			/>,
		);

	test("is computed when the row becomes visible, and cached", async () => {
		vi.mocked(summarizeVersionChange).mockResolvedValue({
			text: "2 changed",
			size: 2,
			nodes: new Int32Array(),
		});
		const { container } = renderSummary();
		await waitFor(() => expect(observed.size).toBe(1));
		showRow(false);
		expect(summarizeVersionChange).not.toHaveBeenCalled();
		showRow();
		await screen.findByText("2 changed");
		expect(container.querySelector("[title]")?.getAttribute("title")).toBe(
			"2 changed, compared with version 1",
		);
		expect(
			container.querySelector("[data-level]")?.getAttribute("data-level"),
		).toBe("2");
		cleanup();
		observed.clear();
		renderSummary();
		screen.getByText("2 changed");
		expect(observed.size).toBe(0);
	});

	test("stays empty when the version is no longer stored", async () => {
		vi.mocked(summarizeVersionChange).mockRejectedValue(new Error("gone"));
		const { container } = renderSummary();
		await waitFor(() => expect(observed.size).toBe(1));
		showRow();
		await Promise.resolve();
		expect(container.querySelector(".change-summary")?.textContent).toBe("");
	});

	test("of the oldest version says that it is the first one", () => {
		renderView(
			<ChangeSummary
				id={PROFILE_ID}
				version={createVersion(1)}
				before={undefined}
			/>,
		);
		screen.getByText("First version seen");
	});
});
