// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import { Button } from "../../../src/ui/components/Button.tsx";
import { render, screen, userEvent } from "../../helpers/render.tsx";

it("is found by its name, and acts by mouse and by keyboard", async () => {
	const onClick = vi.fn();
	render(<Button name="Poll now" icon="poll" onClick={onClick} />);
	const user = userEvent.setup();
	await user.click(screen.getByRole("button", { name: "Poll now" }));
	await user.keyboard("{Enter}");
	expect(onClick).toHaveBeenCalledTimes(2);
});
