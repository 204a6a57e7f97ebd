// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import type {
	ProfileSnapshot,
	Snapshot,
} from "../../../src/core/protocol/snapshot.ts";
import {
	ProfileChooser,
	useSelectedProfile,
} from "../../../src/ui/inspector/ProfileChooser.tsx";
import { ProfileList } from "../../../src/ui/profiles/ProfileList.tsx";
import { render, screen, userEvent } from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	createSnapshot,
} from "../../helpers/render-view.tsx";

function named(name: string, change: Partial<ProfileSnapshot> = {}) {
	const entry = createProfileSnapshot(change);
	return {
		...entry,
		profile: { ...entry.profile, id: name as ProfileId, name },
	};
}

const LIVE = named("live");
const PAUSED = named("paused", { paused: true });
const CHANGED = named("changed", { lastSeenNumber: 1 });
const PROFILES = [LIVE, PAUSED, CHANGED];

beforeEach(() => localStorage.clear());

test("the chooser names each profile with its status, but not that the selected one is live", () => {
	render(
		<ProfileChooser
			profiles={PROFILES}
			selected={LIVE}
			onSelect={() => undefined}
		/>,
	);
	const options = screen.getAllByRole("option");
	expect(options.map(({ textContent }) => textContent)).toEqual([
		"live",
		"paused — paused",
		"changed — new version",
	]);
	expect(screen.getByRole("combobox", { name: "Profile" })).toHaveProperty(
		"value",
		"live",
	);
});

test("choosing a profile selects it", async () => {
	const onSelect = vi.fn();
	render(
		<ProfileChooser profiles={PROFILES} selected={LIVE} onSelect={onSelect} />,
	);
	await userEvent.selectOptions(
		screen.getByRole("combobox", { name: "Profile" }),
		"paused",
	);
	expect(onSelect).toHaveBeenCalledWith("paused");
});

test("without profiles there is nothing to choose", () => {
	render(
		<ProfileChooser
			profiles={[]}
			selected={undefined}
			onSelect={() => undefined}
		/>,
	);
	const chooser = screen.getByRole("combobox", { name: "Profile" });
	expect(chooser).toHaveProperty("disabled", true);
	screen.getByRole("option", { name: "No profiles yet" });
});

test("the list marks the selected profile and selects another one by click", async () => {
	const onSelect = vi.fn();
	render(
		<ProfileList profiles={PROFILES} selected={LIVE} onSelect={onSelect} />,
	);
	const rows = screen.getAllByRole("button");
	expect(rows.map((row) => row.getAttribute("aria-current"))).toEqual([
		"true",
		null,
		null,
	]);
	// One stop for Tab: arrow keys move within the list.
	expect(rows.map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
	await userEvent.click(screen.getByText("changed"));
	expect(onSelect).toHaveBeenCalledWith("changed");
});

test("arrow keys move through the list", async () => {
	render(
		<ProfileList
			profiles={PROFILES}
			selected={LIVE}
			onSelect={() => undefined}
		/>,
	);
	const [first, second] = screen.getAllByRole("button");
	first?.focus();
	await userEvent.keyboard("{ArrowDown}");
	expect(document.activeElement).toBe(second);
	await userEvent.keyboard("{Home}");
	expect(document.activeElement).toBe(first);
});

function Selected(props: { snapshot?: Snapshot; initial?: string }) {
	const { profile, select } = useSelectedProfile(
		props.snapshot,
		"popup.profile",
		props.initial,
	);
	return (
		<button type="button" onClick={() => select(PAUSED.profile.id)}>
			{profile?.profile.name ?? "none"}
		</button>
	);
}

const SNAPSHOT = createSnapshot({ profiles: PROFILES });

test("the selected profile is saved for the next time", async () => {
	const { unmount } = render(<Selected snapshot={SNAPSHOT} />);
	await userEvent.click(screen.getByRole("button", { name: "live" }));
	screen.getByRole("button", { name: "paused" });
	unmount();
	render(<Selected snapshot={SNAPSHOT} />);
	screen.getByRole("button", { name: "paused" });
});

test("the profile that an address names comes before the saved one", () => {
	localStorage.setItem("popup.profile", "paused");
	render(<Selected snapshot={SNAPSHOT} initial="changed" />);
	screen.getByRole("button", { name: "changed" });
});

test("after the selected profile was deleted the first one is shown", () => {
	localStorage.setItem("popup.profile", "deleted");
	render(<Selected snapshot={SNAPSHOT} />);
	screen.getByRole("button", { name: "live" });
});
