// Puts a surface into its page; returns its stop.
import { type ComponentChild, render } from "preact";
import { keepFocus } from "./keep-focus.ts";

export function mount(app: ComponentChild): () => void {
	const root = document.body;
	render(app, root);
	// Of a first frame that was drawn before anyone listened.
	root.firstElementChild?.removeAttribute("inert");
	const release = keepFocus(document);
	return () => {
		release();
		render(null, root);
	};
}
