// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import { VersionComparison } from "../../../src/ui/compare/VersionComparison.tsx";
import { createCompareWorkerInPage } from "../../helpers/compare-worker.ts";
import { screen, userEvent, waitFor } from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	createVersion,
	renderView,
} from "../../helpers/render-view.tsx";

const { start } = await createCompareWorkerInPage();
vi.mock("../../../src/ui/diff/compare-client.ts", () => ({
	convertInputs: () => undefined,
	createCompareWorker: () => start(),
}));

beforeEach(() => localStorage.clear());

const bytesOf = (text: string) => new TextEncoder().encode(text);
const bodies = {
	1: bytesOf('{"a":1}'),
	2: bytesOf('{"a":2}'),
	3: bytesOf('{"a":3}'),
};

function renderComparison(shownNumber: number, onClose = vi.fn()) {
	const profile = createProfileSnapshot({
		versions: [
			createVersion(3, { label: "spring" }),
			createVersion(2),
			createVersion(1),
		],
	});
	const other = createProfileSnapshot({
		profile: {
			...profile.profile,
			id: "p2" as ProfileId,
			name: "Staging",
		},
	});
	renderView(
		<VersionComparison
			profile={profile}
			profiles={[profile, other]}
			shownNumber={shownNumber}
			compact={true}
			onClose={onClose}
		/>,
		{ bodies },
	);
	return onClose;
}

const select = () =>
	screen.getByRole<HTMLSelectElement>("combobox", { name: "Compare with" });

test("a version is compared with the one before it", async () => {
	renderComparison(3);
	expect([...select().options].map(({ text }) => text)).toEqual([
		"Version 2",
		"Version 1",
		"Staging, live",
	]);
	const item = await screen.findByRole("listitem");
	expect(item.textContent).toContain("a2→3");
});

test("the newer version is the new one, whichever is selected", async () => {
	renderComparison(1);
	await userEvent.selectOptions(select(), "Version 3 · spring");
	await waitFor(() =>
		expect(screen.getByRole("listitem").textContent).toContain("a1→3"),
	);
});

test("Escape and Close end the comparison", async () => {
	const onClose = renderComparison(3);
	await userEvent.keyboard("{Escape}");
	await userEvent.click(screen.getByRole("button", { name: "Close" }));
	expect(onClose).toHaveBeenCalledTimes(2);
});
