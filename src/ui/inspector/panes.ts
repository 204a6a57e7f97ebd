import { createContext } from "preact";
import { useContext, useEffect } from "preact/hooks";
import type { PaneSize } from "../components/Splitter.tsx";

/** The panes that the user resizes and collapses. */
export interface Panes {
	readonly profiles: PaneSize;
	/** Its width beside the configuration, and whether it is collapsed. */
	readonly history: PaneSize;
	/** Its height below the configuration. */
	readonly historyHeight: PaneSize;
}

/** Absent in the popup, whose panes have a fixed size. */
export const PanesContext = createContext<Panes | undefined>(undefined);

export function usePanes(): Panes | undefined {
	return useContext(PanesContext);
}

const TABBABLE =
	'button:enabled:not([tabindex="-1"]), select:enabled, input:enabled, [tabindex="0"]';

/**
 * F6 moves the focus to the next pane and Shift+F6 to the previous one, to where the focus was in it last. Panes are the elements with
 * `data-pane`; in a pane that had no focus yet, `[data-pane-start]` or the first element that Tab reaches gets it.
 */
export function usePaneKeys(): void {
	useEffect(() => {
		const last = new WeakMap<Element, HTMLElement>();
		const onFocusIn = ({ target }: FocusEvent) => {
			if (!(target instanceof HTMLElement)) return;
			const pane = target.closest("[data-pane]");
			if (pane) last.set(pane, target);
		};
		const onKeyDown = (event: KeyboardEvent) => {
			const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
			if (key !== "F6" || ctrlKey || metaKey || altKey) return;
			const panes = [...document.querySelectorAll("[data-pane]")].filter(
				isVisible,
			);
			const now = panes.findIndex((pane) =>
				pane.contains(document.activeElement),
			);
			const next =
				now < 0
					? shiftKey
						? -1
						: 0
					: (now + (shiftKey ? -1 : 1)) % panes.length;
			const pane = panes.at(next);
			if (!pane) return;
			event.preventDefault();
			const before = last.get(pane);
			const target =
				before && pane.contains(before) && isVisible(before)
					? before
					: startOf(pane);
			target?.focus();
		};
		document.addEventListener("focusin", onFocusIn);
		document.addEventListener("keydown", onKeyDown);
		return () => {
			document.removeEventListener("focusin", onFocusIn);
			document.removeEventListener("keydown", onKeyDown);
		};
	}, []);
}

function startOf(pane: Element): HTMLElement | undefined {
	const all = pane.querySelectorAll<HTMLElement>(
		`[role="tree"], .scroller[tabindex="0"]`,
	);
	return [...all, ...pane.querySelectorAll<HTMLElement>(TABBABLE)].find(
		isVisible,
	);
}

function isVisible(element: Element): boolean {
	return element.getClientRects().length > 0;
}
