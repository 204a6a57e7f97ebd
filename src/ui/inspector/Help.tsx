// The way to the list of keys: a button, and `?` itself.
import { useLayoutEffect, useState } from "preact/hooks";
import { isTyping } from "../components/is-typing.ts";
import { useModule } from "../hooks/use-module.ts";

const loadShortcuts = () => import("./Shortcuts.tsx");

export function Help() {
	const [isOpen, setOpen] = useState(false);
	const list = useModule(isOpen, loadShortcuts);
	useLayoutEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.key === "?" && !isTyping(event)) setOpen(true);
		};
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, []);
	return (
		<>
			<button
				type="button"
				class="help"
				aria-label="Keyboard shortcuts"
				aria-haspopup="dialog"
				title="Keyboard shortcuts: ?"
				onClick={() => setOpen(true)}
			>
				?
			</button>
			{list && <list.Shortcuts onClose={() => setOpen(false)} />}
		</>
	);
}
