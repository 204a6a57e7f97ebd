// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { EmptyState } from "../../../src/ui/inspector/EmptyState.tsx";
import { screen, userEvent } from "../../helpers/render.tsx";
import { renderView, type ViewOptions } from "../../helpers/render-view.tsx";

function renderEmptyState(options: ViewOptions = {}) {
	const onAdd = vi.fn();
	const onAdded = vi.fn();
	const view = renderView(
		<EmptyState onAdd={onAdd} onAdded={onAdded} />,
		options,
	);
	return { ...view, onAdd, onAdded };
}

const click = (name: string) =>
	userEvent.click(screen.getByRole("button", { name }));

test("Add profile leads to the form of a new profile", async () => {
	const { onAdd } = renderEmptyState();
	await click("Add profile");
	expect(onAdd).toHaveBeenCalledOnce();
});

test("Add emulator profile saves a profile of the emulator and selects it", async () => {
	const { commands, onAdded } = renderEmptyState({
		replies: { saveProfile: "emulator" },
	});
	await click("Add emulator profile");
	await screen.findByText("The emulator's profile was added.");
	expect(commands.map(({ name }) => name)).toEqual(["saveProfile"]);
	expect(JSON.stringify(commands)).toContain("http://127.0.0.1:4772");
	expect(onAdded).toHaveBeenCalledWith("emulator");
});

test("an emulator profile that cannot be saved says why, and can be added again", async () => {
	const { onAdded } = renderEmptyState({
		replies: { saveProfile: new Error("Not saved: the disk is full.") },
	});
	await click("Add emulator profile");
	await screen.findByText("Not saved: the disk is full.");
	expect(onAdded).not.toHaveBeenCalled();
	expect(
		screen.getByRole("button", { name: "Add emulator profile" }),
	).toHaveProperty("disabled", false);
});
