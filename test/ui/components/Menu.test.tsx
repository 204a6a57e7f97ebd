// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import { Menu } from "../../../src/ui/components/Menu.tsx";
import { fireEvent, render, screen, userEvent } from "../../helpers/render.tsx";

const chosen: string[] = [];
const onClose = vi.fn();

beforeEach(() => {
	chosen.length = 0;
	onClose.mockReset();
	HTMLElement.prototype.showPopover ??= () => {};
	const item = (name: string, disabledReason?: string) => ({
		name,
		disabledReason,
		onSelect: () => void chosen.push(name),
	});
	render(
		<Menu
			name="Copy"
			at={new DOMRect(10, 20, 30, 40)}
			groups={[
				[item("Copy value"), item("Copy key", "The root has no key.")],
				[item("Delete")],
			]}
			onClose={onClose}
		/>,
	);
});

const focused = () => document.activeElement?.firstChild?.textContent;

test("starts with the first item, and arrow keys go round", async () => {
	const user = userEvent.setup();
	expect(screen.getByRole("menu", { name: "Copy" })).toBeTruthy();
	expect(focused()).toBe("Copy value");
	await user.keyboard("{ArrowDown}");
	expect(focused()).toBe("Copy key");
	await user.keyboard("{ArrowDown}{ArrowDown}");
	expect(focused()).toBe("Copy value");
	await user.keyboard("{ArrowUp}");
	expect(focused()).toBe("Delete");
	await user.keyboard("{Home}");
	expect(focused()).toBe("Copy value");
	await user.keyboard("{End}");
	expect(focused()).toBe("Delete");
});

test("a letter goes to the next item that begins with it", async () => {
	const user = userEvent.setup();
	await user.keyboard("d");
	expect(focused()).toBe("Delete");
	await user.keyboard("c");
	expect(focused()).toBe("Copy value");
	await user.keyboard("c");
	expect(focused()).toBe("Copy key");
});

test("closes before an item acts", async () => {
	await userEvent
		.setup()
		.click(screen.getByRole("menuitem", { name: "Delete" }));
	expect(chosen).toEqual(["Delete"]);
	expect(onClose).toHaveBeenCalledTimes(1);
});

test("a disabled item says why and does nothing", async () => {
	const item = screen.getByRole("menuitem", { name: /Copy key/ });
	expect(item.getAttribute("aria-disabled")).toBe("true");
	expect(item.textContent).toContain("The root has no key.");
	await userEvent.setup().click(item);
	expect(chosen).toEqual([]);
	expect(onClose).not.toHaveBeenCalled();
});

test("Escape and a click beside it close it", async () => {
	await userEvent.setup().keyboard("{Escape}");
	expect(onClose).toHaveBeenCalledTimes(1);
	fireEvent.pointerDown(document.body);
	expect(onClose).toHaveBeenCalledTimes(2);
});
