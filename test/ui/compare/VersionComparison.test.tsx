// @vitest-environment happy-dom
import { useState } from "preact/hooks";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import {
	nameSide,
	VersionComparison,
	type VersionPair,
} from "../../../src/ui/compare/VersionComparison.tsx";
import { createCompareWorkerInPage } from "../../helpers/compare-worker.ts";
import { screen, userEvent, waitFor, within } from "../../helpers/render.tsx";
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

const STAGING = "p2" as ProfileId;
const bytesOf = (text: string) => new TextEncoder().encode(text);
const bodies = {
	1: bytesOf('{"a":1}'),
	2: bytesOf('{"a":2}'),
	3: bytesOf('{"a":3}'),
};

const production = createProfileSnapshot({
	versions: [
		createVersion(3, { label: "spring" }),
		createVersion(2),
		createVersion(1),
	],
});
const staging = createProfileSnapshot({
	profile: {
		...production.profile,
		id: STAGING,
		name: "Shop settings, staging",
		environment: "staging",
	},
	versions: [createVersion(3)],
	versionCount: 3,
});
const profiles = [production, staging];

function renderComparison(pair: VersionPair, options: ViewOptions = {}) {
	const onClose = vi.fn();
	function Page() {
		const [shown, setShown] = useState(pair);
		return (
			<VersionComparison
				pair={shown}
				profiles={profiles}
				preferencesKey="p1"
				onChange={setShown}
				onClose={onClose}
			/>
		);
	}
	renderView(<Page />, { bodies, ...options });
	return onClose;
}

const own = (original: number, modified: number): VersionPair => ({
	original: { profile: PROFILE_ID, number: original },
	modified: { profile: PROFILE_ID, number: modified },
});
const sides = () =>
	screen
		.getAllByTitle("Choose another version")
		.map((side) => side.querySelector("strong")?.textContent);
const item = () => screen.getByRole("listitem").textContent;
const options = () =>
	within(screen.getByRole("listbox"))
		.getAllByRole("option")
		.map((option) => option.textContent);

test("two versions of a profile are named by their numbers, and compared by value", async () => {
	renderComparison(own(2, 3));
	await screen.findByRole("listitem");
	expect(item()).toContain("a2→3");
	expect(sides()).toEqual(["v2", "v3"]);
	const [left, right] = screen.getAllByTitle("Choose another version");
	expect(left?.textContent).not.toContain("live");
	expect(right?.textContent).toContain("v3 live");
});

test("the sides are swapped by the button and by X", async () => {
	renderComparison(own(2, 3));
	await screen.findByRole("listitem");
	await userEvent.click(screen.getByRole("button", { name: "Swap sides" }));
	await waitFor(() => expect(item()).toContain("a3→2"));
	await userEvent.keyboard("x");
	await waitFor(() => expect(item()).toContain("a2→3"));
});

test("a side opens the chooser, which offers every version but the other side's", async () => {
	renderComparison(own(2, 3));
	await screen.findByRole("listitem");
	const [left] = screen.getAllByTitle("Choose another version");
	if (left) await userEvent.click(left);
	expect(options()).toEqual([
		expect.stringMatching(/^Last seenv2shown/),
		expect.stringMatching(/^stagingShop settings, stagingv3live/),
		expect.stringMatching(/^v2shown/),
		expect.stringMatching(/^v1/),
	]);
	await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{Enter}");
	await waitFor(() => expect(item()).toContain("a1→3"));
	expect(screen.queryByRole("dialog")).toBeNull();
});

test("the chooser filters by words, and says when nothing matches", async () => {
	renderComparison(own(2, 3));
	await screen.findByRole("listitem");
	const [, right] = screen.getAllByTitle("Choose another version");
	if (right) await userEvent.click(right);
	await userEvent.keyboard("spring v3");
	expect(options()).toEqual([
		expect.stringMatching(/^Livev3liveshownspring/),
		expect.stringMatching(/^v3liveshownspring/),
	]);
	await userEvent.keyboard(" nothing");
	screen.getByText("No version or profile matches the filter.");
});

test("all versions of a profile that is not on show are asked for", async () => {
	renderComparison(
		{
			original: { profile: STAGING, number: 1 },
			modified: { profile: PROFILE_ID, number: 3 },
		},
		{ replies: { listVersions: production.versions } },
	);
	await screen.findByRole("listitem");
	expect(item()).toContain("a1→3");
	expect(sides()).toEqual(["v1", "v3"]);
	const labels = document.querySelectorAll(".side .environment");
	expect(Array.from(labels, (label) => label.textContent)).toEqual([
		"staging",
		"prod",
	]);
});

test("a version that was deleted is told", async () => {
	renderComparison(own(9, 3));
	await screen.findByText("A version of this comparison is no longer stored.");
});

test("Escape and Close end the comparison", async () => {
	const onClose = renderComparison(own(2, 3));
	await userEvent.keyboard("{Escape}");
	await userEvent.click(screen.getByRole("button", { name: "Close" }));
	expect(onClose).toHaveBeenCalledTimes(2);
});

describe("the name of a side", () => {
	const name = (change: Partial<typeof staging.profile>) => {
		const other = { ...staging, profile: { ...staging.profile, ...change } };
		const pair: VersionPair = {
			original: { profile: STAGING, number: 9 },
			modified: { profile: PROFILE_ID, number: 12 },
		};
		return nameSide(pair, "original", [production, other]);
	};

	test("is the environment where environments differ", () => {
		expect(name({})).toEqual({ name: "v9", environment: "staging" });
	});

	test("has the configuration profile where that differs too", () => {
		expect(name({ configurationProfile: "limits" })).toEqual({
			name: "limits v9",
			environment: "staging",
		});
	});

	test("is the profile's where the environment is the same", () => {
		expect(name({ environment: "prod" })).toEqual({
			name: "Shop settings, staging v9",
		});
	});
});
