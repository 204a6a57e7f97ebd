// The menu of what can be copied of a node, at the row it belongs to.
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { type CopyKind, copyKinds } from "../../document/copies.ts";
import type { Tree } from "../../document/tree.ts";

export interface CopyMenuProps {
	readonly tree: Tree;
	readonly node: number;
	/** What it opens beside. */
	readonly at: DOMRect;
	readonly onChoose: (kind: CopyKind) => void;
	readonly onClose: () => void;
}

const NAMES: Readonly<Record<CopyKind, string>> = {
	value: "Copy value",
	source: "Copy as in the source",
	formatted: "Copy formatted",
	key: "Copy key",
	JSONPath: "Copy path as JSONPath",
	JavaScript: "Copy path as JavaScript",
	jq: "Copy path as jq",
	"JSON Pointer": "Copy path as JSON Pointer",
};
const KEYS: Partial<Record<CopyKind, string>> = { value: "c", JSONPath: "p" };

export function CopyMenu(props: CopyMenuProps) {
	const { tree, node, at, onChoose, onClose } = props;
	const menu = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		if (menu.current) place(menu.current, at);
		items(menu.current)[0]?.focus();
	}, [at]);
	useEffect(() => {
		const onOutside = (event: Event) => {
			const { target } = event;
			if (!(target instanceof Node && menu.current?.contains(target)))
				onClose();
		};
		document.addEventListener("pointerdown", onOutside);
		document.addEventListener("scroll", onOutside, true);
		return () => {
			document.removeEventListener("pointerdown", onOutside);
			document.removeEventListener("scroll", onOutside, true);
		};
	}, [onClose]);
	const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
		if (move(event.key, event.currentTarget)) event.preventDefault();
		else if (event.key === "Escape" || event.key === "Tab") {
			event.preventDefault();
			onClose();
		}
		event.stopPropagation();
	};
	return (
		<div
			class="menu"
			role="menu"
			aria-label="Copy"
			tabIndex={-1}
			ref={menu}
			onKeyDown={onKeyDown}
		>
			{copyKinds(tree, node).map((kind) => (
				<button
					key={kind}
					type="button"
					role="menuitem"
					tabIndex={-1}
					onClick={() => onChoose(kind)}
				>
					{NAMES[kind]}
					{KEYS[kind] && (
						<span class="shortcut" aria-hidden="true">
							{KEYS[kind]}
						</span>
					)}
				</button>
			))}
		</div>
	);
}

function items(menu: HTMLElement | null): readonly HTMLElement[] {
	return [...(menu?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
}

function move(key: string, menu: HTMLElement): boolean {
	const all = items(menu);
	const now = all.findIndex((item) => item.matches(":focus"));
	const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[key];
	if (next === undefined) return false;
	all.at(next % all.length)?.focus();
	return true;
}

/** Below what it belongs to, but always inside the page. */
function place(menu: HTMLElement, at: DOMRect): void {
	const { width, height } = menu.getBoundingClientRect();
	const left = Math.max(0, Math.min(at.left, innerWidth - width - 4));
	const fitsBelow = at.bottom + height <= innerHeight;
	const top = fitsBelow ? at.bottom : Math.max(0, at.top - height);
	menu.style.left = `${left}px`;
	menu.style.top = `${top}px`;
}
