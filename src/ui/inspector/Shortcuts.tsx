import { useLayoutEffect, useState } from "preact/hooks";
import { Dialog } from "../components/Dialog.tsx";
import { isTyping } from "../components/keyboard.ts";

/** A button, and the key `?`, that open the list of shortcuts. */
export function ShortcutsButton() {
	const [isOpen, setOpen] = useState(false);
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
			{isOpen && <ShortcutsDialog onClose={() => setOpen(false)} />}
		</>
	);
}

type Shortcut = readonly [keys: string, does: string];

/** A blank separates alternatives; "+" joins keys that are pressed together. */
const GROUPS: readonly (readonly [string, readonly Shortcut[]])[] = [
	[
		"Everywhere",
		[
			["?", "Show this list"],
			["Ctrl+Shift+F ⌘+Shift+F", "Search all profiles and versions"],
			["Alt+Shift+A", "Open the popup (change it in the browser's settings)"],
			["↑ ↓ Home End", "Move through profiles and versions"],
			[
				"F6 Shift+F6",
				"Next pane, previous pane: profiles, configuration, history",
			],
			["← → Home End", "Move through the toolbar and the tabs"],
			["Esc", "Close what was opened last, and go back to where the focus was"],
		],
	],
	[
		"Separators between panes",
		[
			["← → ↑ ↓", "Resize by 8 pixels"],
			["Home End", "Smallest size, largest size"],
			["Enter", "Collapse or expand the pane"],
		],
	],
	[
		"Find",
		[
			["/ Ctrl+F ⌘+F", "Find in the configuration"],
			["Enter Shift+Enter", "Next match, previous match; go to the path"],
			["Ctrl+C ⌘+C", "Copy the value of the match"],
			["Esc", "Close"],
		],
	],
	[
		"Tree and formatted text",
		[
			["↑ ↓ PgUp PgDn Home End", "Move"],
			["→ ←", "Expand or go to the first child; collapse or go to the parent"],
			["Enter", "Expand or collapse; show all of a value"],
			["Space", "Expand or collapse"],
			["*", "Expand siblings"],
			["a–z", "Go to the next key that starts with the letter"],
			["Ctrl+C ⌘+C", "Copy the value, or the selected text"],
			["Ctrl+Shift+C ⌘+Shift+C", "Copy the path, as JSONPath"],
			["Shift+F10 Menu", "Open the copy menu"],
			["Shift+B", "Show or hide the last change of each value"],
			["Shift+T", "Timeline of the selected value"],
			["Shift+W", "Watch the selected value, or stop"],
			["Shift+S", "Copy the selected value as a snippet"],
		],
	],
	[
		"Versions",
		[
			["Enter", "Compare with the version before"],
			["Space", "Show the version"],
			["Esc", "Dismiss what has changed since you last looked"],
			["Shift+F10 Menu", "Compare, copy, save, note, pin, delete"],
			["F7 Shift+F7", "Next change, previous change in a comparison"],
			["X", "Swap the sides of a comparison"],
		],
	],
];

function ShortcutsDialog({ onClose }: { onClose: () => void }) {
	return (
		<Dialog title="Keyboard shortcuts" onClose={onClose}>
			{GROUPS.map(([title, shortcuts]) => (
				<section key={title}>
					<h3>{title}</h3>
					<dl class="shortcuts">
						{shortcuts.map(([keys, does]) => [
							<dt key={keys}>
								{keys.split(" ").map((key) => (
									<kbd key={key}>{key}</kbd>
								))}
							</dt>,
							<dd key={does}>{does}</dd>,
						])}
					</dl>
				</section>
			))}
		</Dialog>
	);
}
