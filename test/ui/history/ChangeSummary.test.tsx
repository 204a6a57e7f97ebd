// @vitest-environment happy-dom
import { cleanup } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Version } from "../../../src/core/history/history.ts";
import { summarizeVersionChange } from "../../../src/ui/diff/version-summaries.ts";
import { ChangeSummary } from "../../../src/ui/history/ChangeSummary.tsx";
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
			unit: "key",
			items: [
				{ kind: "changed", path: "a.b", before: "1", after: "2" },
				{ kind: "changed", path: "c", before: "true", after: "false" },
			],
			total: 2,
			nodes: new Int32Array(),
		});
		const { container } = renderSummary();
		await waitFor(() => expect(observed.size).toBe(1));
		showRow(false);
		expect(summarizeVersionChange).not.toHaveBeenCalled();
		showRow();
		const row = () =>
			container.querySelector(".change-summary")?.textContent ?? "";
		await waitFor(() => expect(row()).toBe("a.b1→2+1 more"));
		expect(container.querySelector("[title]")?.getAttribute("title")).toBe(
			"2 changed, compared with version 1",
		);
		cleanup();
		observed.clear();
		renderSummary();
		screen.getByText("a.b");
		expect(observed.size).toBe(0);
	});

	test("is in words when no value changed", async () => {
		vi.mocked(summarizeVersionChange).mockResolvedValue({
			text: "formatting only",
			size: 0,
			unit: "key",
			items: [],
			total: 0,
			nodes: new Int32Array(),
		});
		renderSummary();
		await waitFor(() => expect(observed.size).toBe(1));
		showRow();
		await screen.findByText("formatting only");
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
