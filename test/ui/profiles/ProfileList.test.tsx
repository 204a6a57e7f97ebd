// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import type { ProfileSnapshot } from "../../../src/core/protocol/snapshot.ts";
import {
	countStates,
	filterProfiles,
	groupProfiles,
} from "../../../src/ui/profiles/arrange.ts";
import { pollAll } from "../../../src/ui/profiles/BulkMenu.tsx";
import { ProfileList } from "../../../src/ui/profiles/ProfileList.tsx";
import { screen, userEvent, within } from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	createVersion,
	renderView,
	type ViewOptions,
} from "../../helpers/render-view.tsx";

// Loaded when the list is rendered.
await import("../../../src/ui/profiles/BulkMenu.tsx");
await import("../../../src/ui/profiles/News.tsx");
beforeEach(() => localStorage.clear());

const create = (
	id: string,
	place: Partial<Profile>,
	change: Partial<ProfileSnapshot> = {},
) =>
	createProfileSnapshot({
		profile: {
			...createProfileSnapshot().profile,
			id: id as ProfileId,
			name: id,
			...place,
		},
		versions: [createVersion(1)],
		...change,
	});
const fault = { kind: "access-denied", at: 0 } as never;
const profiles = [
	create("settings", { environment: "prod" }),
	create(
		"flags",
		{ environment: "staging" },
		{ versions: [createVersion(2)], lastSeenNumber: 1 },
	),
	create(
		"limits",
		{ application: "orders", environment: "prod" },
		{ fault, failureCount: 3 },
	),
	create("pricing", { environment: "prod" }, { paused: true }),
	create("routing", { environment: "prod" }, { phase: "halted", fault }),
];
const ids = (found: readonly ProfileSnapshot[]) =>
	found.map(({ profile }) => profile.id);

describe("profiles", () => {
	test("are filtered by every word in their names, and by state", () => {
		expect(ids(filterProfiles(profiles, "PROD sho", "all"))).toEqual([
			"settings",
			"pricing",
			"routing",
		]);
		expect(ids(filterProfiles(profiles, "", "faults"))).toEqual([
			"limits",
			"routing",
		]);
		expect(ids(filterProfiles(profiles, "", "unseen"))).toEqual(["flags"]);
		expect(ids(filterProfiles(profiles, "nothing", "all"))).toEqual([]);
	});

	test("are counted by state", () => {
		expect(countStates(profiles)).toEqual({ faults: 2, unseen: 1 });
	});

	test("are grouped by application and environment in their order", () => {
		const groups = groupProfiles(profiles).map(
			({ application, environment, entries }) => [
				application,
				environment,
				...ids(entries),
			],
		);
		expect(groups).toEqual([
			["shop", "prod", "settings", "pricing", "routing"],
			["shop", "staging", "flags"],
			["orders", "prod", "limits"],
		]);
	});
});

describe("the list of profiles", () => {
	const renderList = (all = profiles, options: ViewOptions = {}) => {
		const onSelect = vi.fn();
		const view = renderView(
			<ProfileList profiles={all} selected={all[0]} onSelect={onSelect} />,
			options,
		);
		return { ...view, onSelect };
	};
	const rows = () =>
		[...document.querySelectorAll<HTMLElement>("[data-stop]")].map(
			(row) => row.querySelector(".name")?.textContent,
		);
	const filter = () =>
		screen.getByRole("searchbox", { name: "Filter profiles" });

	test("has the heads of its groups, and says what is wrong in a second line", async () => {
		renderList();
		expect(
			screen.getAllByRole("heading").map(({ textContent }) => textContent),
		).toEqual(["shop", "prod", "staging", "orders", "prod"]);
		expect(await screen.findAllByText("Access denied")).toHaveLength(2);
	});

	test("is filtered as one types, and by the chips", async () => {
		renderList();
		await userEvent.type(filter(), "staging");
		expect(rows()).toEqual(["flags"]);
		await userEvent.clear(filter());
		await userEvent.click(screen.getByRole("button", { name: "2 faults" }));
		expect(rows()).toEqual(["routing", "limits"]);
		await userEvent.click(screen.getByRole("button", { name: "1 unseen" }));
		expect(rows()).toEqual(["flags"]);
		await userEvent.type(filter(), "none");
		await userEvent.click(screen.getByRole("button", { name: "Show all" }));
		expect(rows()).toHaveLength(5);
	});

	test("is one Tab stop, also where the selected profile is filtered out", async () => {
		renderList();
		const stops = () =>
			[...document.querySelectorAll<HTMLElement>("[data-stop]")].filter(
				({ tabIndex }) => tabIndex === 0,
			);
		expect(stops()).toHaveLength(1);
		await userEvent.type(filter(), "limits");
		expect(stops()).toHaveLength(1);
	});

	test("needs no filter for three profiles, and no heads for one group", () => {
		renderList(profiles.slice(0, 1));
		expect(screen.queryByRole("searchbox")).toBeNull();
		screen.getByRole("heading", { name: "Profiles" });
		screen.getByText(/shop/);
	});

	test("selects a profile", async () => {
		const { onSelect } = renderList();
		await userEvent.click(screen.getByText("flags"));
		expect(onSelect).toHaveBeenCalledWith("flags");
	});

	test("polls all profiles that are not paused", async () => {
		const { commands } = renderList(profiles, {
			replies: { pollNow: { status: "started" } },
		});
		await userEvent.click(
			await screen.findByRole("button", { name: "All profiles" }),
		);
		const menu = screen.getByRole("menu", { name: "All profiles" });
		await userEvent.click(
			within(menu).getByRole("menuitem", { name: "Poll all" }),
		);
		await screen.findByText("Polling 4 profiles.");
		expect(commands.map(({ name }) => name)).toEqual(
			Array.from({ length: 4 }, () => "pollNow"),
		);
	});

	test("pauses and resumes all profiles", async () => {
		const { commands } = renderList();
		const choose = async (name: string) => {
			await userEvent.click(
				await screen.findByRole("button", { name: "All profiles" }),
			);
			await userEvent.click(screen.getByRole("menuitem", { name }));
		};
		await choose("Pause all");
		await screen.findByText("Paused 4 profiles.");
		await choose("Resume all");
		await screen.findByText("Resumed 1 profile.");
		expect(commands.filter(({ name }) => name === "resume")).toEqual([
			{ name: "resume", input: { id: "pricing" } },
		]);
	});
});

test("polling all says for how many it is too early", async () => {
	const statuses = ["started", "too-early", "under-way"] as const;
	let call = 0;
	const message = await pollAll(
		{
			pollNow: async () => {
				const status = statuses[call] ?? "started";
				call += 1;
				return status === "too-early" ? { status, at: 1 } : { status };
			},
		},
		profiles.slice(0, 3),
	);
	expect(message).toBe(
		"Polling 2 profiles. AppConfig does not allow it yet for 1 profile, which polls as soon as it does.",
	);
});
