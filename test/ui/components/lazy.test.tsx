// @vitest-environment happy-dom
import { useState } from "preact/hooks";
import { expect, test } from "vitest";
import { lazy, useLoad } from "../../../src/ui/components/lazy.tsx";
import {
	StatusLine,
	StatusProvider,
} from "../../../src/ui/components/status.tsx";
import { render, screen, userEvent } from "../../helpers/render.tsx";

function Greeting({ name }: { readonly name: string }) {
	return <p>Hello {name}</p>;
}

/** A module that cannot be loaded the first `failures` times. */
function createModule(failures: number) {
	let attempts = 0;
	return async () => {
		attempts += 1;
		if (attempts <= failures)
			throw new TypeError("Failed to fetch dynamically imported module");
		return { Greeting };
	};
}

test("a lazy component is rendered once its module is loaded", async () => {
	const Lazy = lazy(createModule(0), "Greeting");
	const { rerender } = render(<Lazy name="Ada" />);
	expect(screen.queryByText("Hello Ada")).toBeNull();
	await screen.findByText("Hello Ada");
	rerender(<Lazy name="Grace" />);
	screen.getByText("Hello Grace");
});

test("a lazy component that was loaded before is rendered at once", async () => {
	const Lazy = lazy(createModule(0), "Greeting");
	await Lazy.load();
	render(<Lazy name="Ada" />);
	screen.getByText("Hello Ada");
});

test("a lazy component that fails to load says so and can be tried again", async () => {
	const Lazy = lazy(createModule(2), "Greeting");
	render(<Lazy name="Ada" />);
	for (let attempt = 1; attempt <= 2; attempt += 1) {
		const alert = await screen.findByRole("alert");
		expect(alert.textContent).toContain("could not be loaded");
		await userEvent.click(screen.getByRole("button", { name: "Try again" }));
	}
	await screen.findByText("Hello Ada");
	expect(screen.queryByRole("alert")).toBeNull();
});

test("a button whose part fails to load says so, and opens it with the next click", async () => {
	const Lazy = lazy(createModule(1), "Greeting");
	function Opener() {
		const load = useLoad();
		const [isOpen, setOpen] = useState(false);
		return (
			<>
				<button type="button" onClick={() => load(Lazy, () => setOpen(true))}>
					Open
				</button>
				{isOpen && <Lazy name="Ada" />}
			</>
		);
	}
	render(
		<StatusProvider>
			<Opener />
			<StatusLine />
		</StatusProvider>,
	);
	const button = screen.getByRole("button", { name: "Open" });
	await userEvent.click(button);
	await screen.findByText("This could not be loaded. Try again.");
	expect(screen.queryByText("Hello Ada")).toBeNull();
	await userEvent.click(button);
	await screen.findByText("Hello Ada");
});
