// @vitest-environment happy-dom
import { describe, expect, test, vi } from "vitest";
import type { ProfileSnapshot } from "../../../src/core/protocol/snapshot.ts";
import type { PathAction } from "../../../src/ui/viewer/path-actions.ts";
import { NotifyButton } from "../../../src/ui/watch/NotifyButton.tsx";
import {
	toSnippet,
	useWatchActions,
} from "../../../src/ui/watch/use-watch-actions.ts";
import { screen, userEvent } from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	createVersion,
	PROFILE_ID,
	renderView,
	type ViewOptions,
} from "../../helpers/render-view.tsx";

// Loaded when the button is clicked.
await import("../../../src/ui/watch/NotifyMenu.tsx");

describe("the choice of notifications", () => {
	const open = async (
		change: Partial<ProfileSnapshot> = {},
		options: ViewOptions = {},
	) => {
		const view = renderView(
			<NotifyButton profile={createProfileSnapshot(change)} />,
			options,
		);
		await userEvent.click(screen.getByRole("button", { name: "Notify me" }));
		await screen.findByRole("menu", { name: "Notify me" });
		return view;
	};
	const choose = (name: string) =>
		userEvent.click(screen.getByRole("menuitemradio", { name }));

	test("marks the present rule; for production that is watched values", async () => {
		await open();
		const checked = screen
			.getAllByRole("menuitemradio")
			.map((item) => [item.textContent, item.getAttribute("aria-checked")]);
		expect(checked).toEqual([
			["Every change", "false"],
			["Watched values", "true"],
			["Faults only", "false"],
			["Nothing", "false"],
		]);
	});

	test("asks the browser in the click, and saves the rule", async () => {
		const requestNotifications = vi.fn(async () => true);
		const { commands } = await open({}, { platform: { requestNotifications } });
		await choose("Every change");
		await screen.findByText(
			/You are notified of every change of Shop settings/,
		);
		expect(requestNotifications).toHaveBeenCalledOnce();
		expect(commands).toEqual([
			{
				name: "setNotificationRule",
				input: { id: PROFILE_ID, rule: "changes" },
			},
		]);
	});

	test("says when the browser does not allow notifications", async () => {
		await open({}, { platform: { requestNotifications: async () => false } });
		await choose("Faults only");
		await screen.findByText(/The browser does not allow notifications/);
	});

	test("asks for nothing to be silent", async () => {
		const requestNotifications = vi.fn(async () => true);
		await open({}, { platform: { requestNotifications } });
		await choose("Nothing");
		await screen.findByText("You are not notified of Shop settings.");
		expect(requestNotifications).not.toHaveBeenCalled();
	});
});

describe("a value", () => {
	const renderActions = (
		change: Partial<ProfileSnapshot> = {},
		options: ViewOptions = {},
	) => {
		let actions: readonly PathAction[] = [];
		function Actions() {
			actions = useWatchActions(
				createProfileSnapshot(change),
				createVersion(2),
			);
			return null;
		}
		const view = renderView(<Actions />, options);
		const find = (name: string) => actions.find((one) => one.name === name);
		return { ...view, find };
	};
	const target = { jsonPath: "$.a", value: "1" };

	test("is watched", async () => {
		const { commands, find } = renderActions(
			{ notificationRule: "faults" },
			{ replies: { setWatched: { ok: true, value: undefined } } },
		);
		find("Watch")?.run(target);
		await screen.findByText(/^Watching \$\.a/);
		expect(commands.map(({ name }) => name)).toEqual(["setWatched"]);
	});

	test("is saved before the browser has answered, and says when it does not allow notifications", async () => {
		let answer = (_: boolean) => {};
		const { commands, find } = renderActions(
			{ notificationRule: "changes" },
			{
				replies: { setWatched: { ok: true, value: undefined } },
				platform: {
					requestNotifications: () =>
						new Promise((resolve) => {
							answer = resolve;
						}),
				},
			},
		);
		find("Watch")?.run(target);
		expect(commands.map(({ name }) => name)).toEqual(["setWatched"]);
		answer(false);
		await screen.findByText(
			"Watching $.a, but the browser does not allow notifications.",
		);
	});

	test("that is watched is no longer watched after a second click", async () => {
		const { commands, find } = renderActions(
			{ watchedPaths: ["$.a"] },
			{ replies: { setWatched: { ok: true, value: undefined } } },
		);
		expect(find("Watch")?.isPressed?.("$.a.b")).toBe(true);
		expect(find("Watch")?.isPressed?.("$.b")).toBe(false);
		find("Watch")?.run(target);
		await screen.findByText("$.a is no longer watched.");
		expect(commands).toEqual([
			{
				name: "setWatched",
				input: { id: PROFILE_ID, path: "$.a", watched: false },
			},
		]);
	});

	test("has a letter for each action", () => {
		const { find } = renderActions();
		expect(
			["Watch", "Copy as snippet"].map((name) => find(name)?.letter),
		).toEqual(["W", "S"]);
	});

	test("that cannot be watched says why", async () => {
		const { find } = renderActions(
			{},
			{ replies: { setWatched: { ok: false, error: "Too many." } } },
		);
		find("Watch")?.run(target);
		await screen.findByText("Too many.");
	});

	test("is copied with its place and version, in a fence that it cannot close", () => {
		const snippet = toSnippet(
			createProfileSnapshot(),
			createVersion(14, { label: "release-41" }),
			{ jsonPath: "$.a", value: '"```"' },
		);
		expect(snippet).toMatch(
			/^`shop` \/ `prod` \/ `settings`, version 14 \(release-41\), received /,
		);
		expect(snippet).toContain('\n````\n$.a = "```"\n````\n');
	});
});
