// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { ShortcutsButton } from "../../../src/ui/inspector/Shortcuts.tsx";
import { render, screen, userEvent } from "../../helpers/render.tsx";

const dialog = () =>
	screen.queryByRole("dialog", { name: "Keyboard shortcuts" });

test("the button opens the list of shortcuts, and Close closes it", async () => {
	render(<ShortcutsButton />);
	expect(dialog()).toBeNull();
	await userEvent.click(
		screen.getByRole("button", { name: "Keyboard shortcuts" }),
	);
	expect(dialog()?.textContent).toContain("Find in the configuration");
	await userEvent.click(screen.getByRole("button", { name: "Close" }));
	expect(dialog()).toBeNull();
});

test("the key ? opens the list", async () => {
	render(<ShortcutsButton />);
	await userEvent.keyboard("?");
	expect(dialog()).not.toBeNull();
});

test("a ? that is typed into a field opens nothing", async () => {
	render(
		<>
			<input aria-label="Find" />
			<ShortcutsButton />
		</>,
	);
	await userEvent.type(screen.getByRole("textbox", { name: "Find" }), "?");
	expect(dialog()).toBeNull();
});
