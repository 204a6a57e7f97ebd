// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import { OUTDATED } from "../../../src/ui/background-client/port-client.ts";
import { HistoryPane } from "../../../src/ui/inspector/HistoryPane.tsx";
import { Inspector } from "../../../src/ui/inspector/Inspector.tsx";
import { SidePane } from "../../../src/ui/inspector/SidePane.tsx";
import { screen, userEvent, within } from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	createSnapshot,
	createVersion,
	PROFILE_ID,
	renderView,
	type ViewOptions,
} from "../../helpers/render-view.tsx";

beforeEach(() => localStorage.clear());

function renderInspector(options: ViewOptions) {
	return renderView(
		<Inspector surface="panel" HistoryPane={HistoryPane} />,
		options,
	);
}

const bodies = {
	1: new TextEncoder().encode('{"a":1}'),
	2: new TextEncoder().encode('{"a":2}'),
};

test("a profile is shown with its name, place, facts and versions", async () => {
	renderInspector({ state: { snapshot: createSnapshot() }, bodies });
	screen.getByRole("heading", { level: 1, name: "Shop settings" });
	screen.getByText(/shop \/ prod \/ settings · every 60 s/);
	screen.getByRole("region", { name: "Configuration" });
	const history = screen.getByRole("list", { name: "Version history" });
	expect(within(history).getAllByRole("listitem")).toHaveLength(2);
	expect(screen.getByRole("timer", { name: "Next poll" }).textContent).toBe(
		"now…",
	);
});

test("an interval that the service asked for and cannot have is mentioned", () => {
	const profile = createProfileSnapshot({ requestedIntervalSeconds: 100_000 });
	renderInspector({
		state: { snapshot: createSnapshot({ profiles: [profile] }) },
	});
	screen.getByText(/the service asked for more than a day/);
});

test("nothing is shown until a snapshot or a connection is there", () => {
	const { publish } = renderInspector({
		state: { connectionState: "connecting" },
	});
	expect(screen.queryByRole("combobox", { name: "Profile" })).toBeNull();
	publish({ snapshot: createSnapshot() });
	screen.getByRole("combobox", { name: "Profile" });
});

test("without a profile the two ways to add one are offered", async () => {
	const { platform } = renderInspector({
		state: { snapshot: createSnapshot({ profiles: [] }) },
	});
	await userEvent.click(
		await screen.findByRole("button", { name: "Add profile" }),
	);
	expect(platform.openOptions).toHaveBeenCalledWith("new");
	screen.getByRole("button", { name: "Add emulator profile" });
});

test("an older version is marked as such, and Show live leads back", async () => {
	renderInspector({ state: { snapshot: createSnapshot() }, bodies });
	await userEvent.click(screen.getByText("Version 1"));
	await screen.findByText("You are looking at version 1 of 2.");
	await userEvent.click(screen.getByRole("button", { name: "Show live" }));
	expect(screen.queryByText(/You are looking at/)).toBeNull();
});

test("a version that was deleted while AppConfig serves it can be fetched again", async () => {
	const profile = createProfileSnapshot({ deletedHash: "0".repeat(64) });
	const { commands } = renderInspector({
		state: { snapshot: createSnapshot({ profiles: [profile] }) },
		bodies,
	});
	screen.getByText("The version that AppConfig serves now was deleted here.");
	await userEvent.click(screen.getByRole("button", { name: "Fetch it again" }));
	expect(commands).toContainEqual({
		name: "fetchAgain",
		input: { id: PROFILE_ID },
	});
});

test.each([
	["reconnecting", "The background does not answer."],
	["outdated", OUTDATED],
] as const)("a client that is %s says so", (connectionState, message) => {
	renderInspector({ state: { snapshot: createSnapshot(), connectionState } });
	expect(screen.getByRole("alert").textContent).toContain(message);
});

test("over a background of another version only the reload is offered", async () => {
	const { platform } = renderInspector({
		state: { snapshot: createSnapshot(), connectionState: "other-version" },
	});
	expect(screen.queryByRole("combobox", { name: "Profile" })).toBeNull();
	await userEvent.click(
		screen.getByRole("button", { name: "Reload extension" }),
	);
	expect(platform.reload).toHaveBeenCalledOnce();
});

test("problems of the stored data are alerts, and a damaged database leads to the stored data", async () => {
	const { platform } = renderInspector({
		state: {
			snapshot: createSnapshot({
				profiles: [],
				problems: ["A profile could not be read."],
				damaged: [{ area: "database", key: "", reason: "", bytes: 0 } as never],
			}),
		},
	});
	expect(screen.getByRole("alert").textContent).toBe(
		"A profile could not be read.",
	);
	await userEvent.click(
		screen.getByRole("button", { name: "Open stored data" }),
	);
	expect(platform.openOptions).toHaveBeenCalledWith("stored-data");
	// No profile is known, so that there are none cannot be said either.
	expect(
		screen.queryByRole("button", { name: "Add emulator profile" }),
	).toBeNull();
});

test("a sidebar lists the profiles and switches between them", async () => {
	const other = createProfileSnapshot({ versions: [createVersion(1)] });
	const second = {
		...other,
		profile: { ...other.profile, id: "p2" as typeof PROFILE_ID, name: "Other" },
	};
	renderView(<Inspector surface="panel" Sidebar={SidePane} />, {
		state: {
			snapshot: createSnapshot({
				profiles: [createProfileSnapshot(), second],
			}),
		},
	});
	const list = screen.getByRole("navigation", { name: "Profiles" });
	await userEvent.click(within(list).getByText("Other"));
	screen.getByRole("heading", { level: 1, name: "Other" });
});

test("the route is told which version and which profile are on show", async () => {
	const route = {
		initial: { profile: PROFILE_ID, version: 1 },
		versionSelected: vi.fn(),
		viewSelected: vi.fn(),
	};
	renderView(<Inspector surface="page" route={route} />, {
		state: { snapshot: createSnapshot() },
		bodies,
	});
	await screen.findByText("You are looking at version 1 of 2.");
	expect(route.versionSelected).toHaveBeenLastCalledWith(
		expect.objectContaining({ isLive: false }),
	);
	await userEvent.click(screen.getByRole("button", { name: "Show live" }));
	expect(route.versionSelected).toHaveBeenLastCalledWith(
		expect.objectContaining({ isLive: true }),
	);
});
