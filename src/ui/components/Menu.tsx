// https://www.w3.org/WAI/ARIA/apg/patterns/menubar/
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import "./menu.css";

export interface MenuItem {
	readonly name: string;
	/** The keys that do the same without the menu, as aria-keyshortcuts has them: Control+C. */
	readonly shortcut?: string | undefined;
	readonly onSelect: () => void;
	/** Present on one of several choices: whether it is the present one. */
	readonly isChecked?: boolean | undefined;
	/** Why it cannot be chosen. */
	readonly disabledReason?: string | undefined;
}

export interface MenuProps {
	readonly name: string;
	/** What it opens beside. */
	readonly at: DOMRect;
	/** Between groups stands a line. */
	readonly groups: readonly (readonly MenuItem[])[];
	/** Also after a choice: the focus goes back to where it came from. */
	readonly onClose: () => void;
}

export function Menu({ name, at, groups, onClose }: MenuProps) {
	const menu = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		if (!menu.current) return;
		// In the top layer nothing clips it.
		menu.current.showPopover();
		place(menu.current, at);
		items(menu.current)[0]?.focus();
	}, [at]);
	useCloseOutside(menu, onClose);
	return (
		<div
			class="menu"
			role="menu"
			aria-label={name}
			tabIndex={-1}
			popover="manual"
			ref={menu}
			onKeyDown={(event) => handleKey(event, onClose)}
		>
			{groups.map((group, index) => [
				index > 0 && <hr key={`before ${index}`} />,
				...group.map((item) => (
					<Item key={item.name} {...item} onClose={onClose} />
				)),
			])}
		</div>
	);
}

function Item(props: MenuItem & Pick<MenuProps, "onClose">) {
	const { name, shortcut, isChecked, onSelect, disabledReason, onClose } =
		props;
	return (
		<button
			type="button"
			{...roleOf(isChecked)}
			tabIndex={-1}
			aria-keyshortcuts={shortcut}
			aria-disabled={disabledReason ? true : undefined}
			onPointerMove={({ currentTarget }) => currentTarget.focus()}
			onClick={() => {
				if (disabledReason) return;
				onClose();
				onSelect();
			}}
		>
			{name}
			{shortcut && <span aria-hidden="true">{keysOf(shortcut)}</span>}
			{disabledReason && <small>{disabledReason}</small>}
		</button>
	);
}

function roleOf(isChecked: boolean | undefined) {
	return isChecked === undefined
		? { role: "menuitem" as const }
		: { role: "menuitemradio" as const, "aria-checked": isChecked };
}

/** As they are written on a keyboard; Macs have Command where others have Control. */
function keysOf(shortcut: string): string {
	const isMac = /Mac/.test(navigator.userAgent);
	return shortcut.replace("Control", isMac ? "⌘" : "Ctrl");
}

function useCloseOutside(
	menu: { readonly current: HTMLElement | null },
	onClose: () => void,
): void {
	const close = useRef(onClose);
	close.current = onClose;
	useEffect(() => {
		const onOutside = ({ target }: Event) => {
			if (!(target instanceof Node && menu.current?.contains(target)))
				close.current();
		};
		for (const type of OUTSIDE)
			document.addEventListener(type, onOutside, true);
		return () => {
			for (const type of OUTSIDE)
				document.removeEventListener(type, onOutside, true);
		};
	}, [menu]);
}

const OUTSIDE = ["pointerdown", "scroll", "wheel"];

function handleKey(
	event: TargetedKeyboardEvent<HTMLDivElement>,
	onClose: () => void,
): void {
	const { key, currentTarget, ctrlKey, metaKey, altKey } = event;
	event.stopPropagation();
	if (ctrlKey || metaKey || altKey) return;
	if (key === "Escape" || key === "Tab") onClose();
	else if (!move(key, items(currentTarget))) return;
	event.preventDefault();
}

function items(menu: HTMLElement): readonly HTMLElement[] {
	return [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")];
}

function move(key: string, all: readonly HTMLElement[]): boolean {
	const now = all.findIndex((item) => item.matches(":focus"));
	const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[key];
	if (next !== undefined) all.at(next % all.length)?.focus();
	else if (key.length === 1 && key !== " ") typeAhead(key, all, now);
	else return false;
	return true;
}

/** The next item that begins with the letter, round at the end. */
function typeAhead(
	letter: string,
	all: readonly HTMLElement[],
	now: number,
): void {
	const round = [...all.slice(now + 1), ...all.slice(0, now + 1)];
	round
		.find(({ textContent }) =>
			textContent?.toLowerCase().startsWith(letter.toLowerCase()),
		)
		?.focus();
}

/** Below what it belongs to, but always inside the page. */
function place(menu: HTMLElement, at: DOMRect): void {
	const { width, height } = menu.getBoundingClientRect();
	const left = Math.max(0, Math.min(at.left, innerWidth - width - 4));
	const isBelow = at.bottom + height <= innerHeight;
	const top = isBelow ? at.bottom : Math.max(0, at.top - height);
	menu.style.left = `${left}px`;
	menu.style.top = `${top}px`;
}
