import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface RovingFocus {
	readonly ref: RefObject<HTMLDivElement | null>;
	readonly onFocusIn: (event: FocusEvent) => void;
	readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * Makes the buttons of a toolbar one stop for Tab: ← → Home End move between them, and Tab comes back to the one that had the focus
 * last. The buttons must not set a tabIndex of their own.
 */
export function useRovingFocus(): RovingFocus {
	const ref = useRef<HTMLDivElement>(null);
	const last = useRef<HTMLElement | undefined>(undefined);
	const buttons = () =>
		[
			...(ref.current?.querySelectorAll<HTMLButtonElement>(
				"button:not([role])",
			) ?? []),
		].filter(({ disabled }) => !disabled);
	const mark = () => {
		const all = buttons();
		const stop = all.find((button) => button === last.current) ?? all[0];
		for (const button of all) button.tabIndex = button === stop ? 0 : -1;
	};
	// After each render: a button may have become another one.
	useLayoutEffect(mark);
	return {
		ref,
		onFocusIn({ target }) {
			if (
				!(target instanceof HTMLElement) ||
				!target.matches("button:not([role])")
			)
				return;
			last.current = target;
			mark();
		},
		onKeyDown(event) {
			const all = buttons();
			const at = all.findIndex((button) => button.matches(":focus"));
			const next = {
				ArrowLeft: at - 1,
				ArrowRight: at + 1,
				Home: 0,
				End: all.length - 1,
			}[event.key];
			if (at < 0 || next === undefined) return;
			event.preventDefault();
			all.at(next % all.length)?.focus();
		},
	};
}
