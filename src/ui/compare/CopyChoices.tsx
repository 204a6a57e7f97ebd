// The menu of forms that a comparison can be copied in.
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../Icon.tsx";
import type { CopyForm } from "./messages.ts";

export interface CopyChoicesProps {
	/** Without it there is only text to copy. */
	readonly hasTree: boolean;
	readonly onCopy: (form: CopyForm) => void;
}

const CHOICES: readonly (readonly [CopyForm, string])[] = [
	["patch", "Copy as unified patch"],
	["json-patch", "Copy as JSON Patch"],
	["sentences", "Copy in words"],
];

export function CopyChoices({ hasTree, onCopy }: CopyChoicesProps) {
	const [isOpen, setIsOpen] = useState(false);
	const root = useRef<HTMLDivElement>(null);
	const opener = useRef<HTMLButtonElement>(null);
	useEffect(() => {
		if (!isOpen) return;
		itemsOf(root.current)[0]?.focus();
		const onOutside = ({ target }: Event) => {
			if (!(target instanceof Node && root.current?.contains(target)))
				setIsOpen(false);
		};
		document.addEventListener("pointerdown", onOutside);
		return () => document.removeEventListener("pointerdown", onOutside);
	}, [isOpen]);
	const close = () => {
		setIsOpen(false);
		opener.current?.focus();
	};
	const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
		if (event.key === "Escape" || event.key === "Tab") close();
		else if (!moveFocus(event.key, root.current)) return;
		if (event.key !== "Tab") event.preventDefault();
		event.stopPropagation();
	};
	const choose = (form: CopyForm) => {
		close();
		onCopy(form);
	};
	return (
		<div class="copy-choices" ref={root}>
			<button
				type="button"
				class="button with-icon"
				aria-haspopup="menu"
				aria-expanded={isOpen}
				ref={opener}
				onClick={() => setIsOpen(!isOpen)}
			>
				<Icon name="copy" />
				Copy changes
			</button>
			{isOpen && (
				<div
					class="menu"
					role="menu"
					aria-label="Copy changes"
					tabIndex={-1}
					onKeyDown={onKeyDown}
				>
					{CHOICES.filter(([form]) => hasTree || form === "patch").map(
						([form, name]) => (
							<button
								key={form}
								type="button"
								role="menuitem"
								tabIndex={-1}
								onClick={() => choose(form)}
							>
								{name}
							</button>
						),
					)}
				</div>
			)}
		</div>
	);
}

function itemsOf(root: HTMLElement | null): readonly HTMLElement[] {
	return [...(root?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
}

function moveFocus(key: string, root: HTMLElement | null): boolean {
	const items = itemsOf(root);
	const now = items.findLastIndex((item) => item.matches(":focus"));
	const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[key];
	if (next === undefined) return false;
	items.at(next % items.length)?.focus();
	return true;
}
