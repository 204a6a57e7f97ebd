// Puts a surface into its page; returns its stop.
import { type ComponentChild, render } from "preact";

export function mount(app: ComponentChild): () => void {
	const root = document.body;
	render(app, root);
	// Of a first frame that was drawn before anyone listened.
	root.firstElementChild?.removeAttribute("inert");
	return () => render(null, root);
}
