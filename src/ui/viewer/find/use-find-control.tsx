// Whether the find field is open and what stands in it, as a hook that outlives the views it is used in.
import type { ComponentChild } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { isTyping } from "../../components/is-typing.ts";
import { EMPTY_FORM, type FindForm } from "./use-find.ts";

export interface FindControl {
	readonly isOpen: boolean;
	readonly form: FindForm;
	readonly change: (form: FindForm) => void;
	readonly close: () => void;
	/** Opens it. */
	readonly button: ComponentChild;
}

/** `onClose`: where the focus goes then. */
export function useFindControl(onClose: () => void): FindControl {
	const [isOpen, setOpen] = useState(false);
	const [form, setForm] = useState(EMPTY_FORM);
	// With the paint, not after it: what is seen answers.
	useLayoutEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (isFindKey(event) && goToField(() => setOpen(true)))
				event.preventDefault();
		};
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, []);
	const close = () => {
		setOpen(false);
		onClose();
	};
	const button = (
		<button
			type="button"
			class={isOpen ? "opens-find open" : "opens-find"}
			aria-expanded={isOpen}
			title="Find: Ctrl+F, ⌘F or /"
			onClick={() => (isOpen ? close() : setOpen(true))}
		>
			Find
		</button>
	);
	return { isOpen, form, change: setForm, close, button };
}

/** Where a filter is there already it is the place to look in; where there is neither, the browser's own search is left alone. */
function goToField(open: () => void): boolean {
	const field = (selector: string) =>
		document.querySelector<HTMLInputElement>(`.viewer ${selector}`);
	const filter = field("input[type=search]");
	if (filter) filter.select();
	else if (field(".opens-find")) {
		open();
		field(".find input")?.select();
	}
	return filter !== null || field(".opens-find") !== null;
}

function isFindKey(event: KeyboardEvent): boolean {
	const { key } = event;
	if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "f")
		return !event.shiftKey && !event.altKey;
	return key === "/" && !isTyping(event);
}
