import { useEffect, useRef } from "preact/hooks";

/** Calls `onPress` for Shift and a letter, before the tree takes the letter for a search by name. */
export function useShiftKeys(
	actions: Readonly<Record<string, () => void>>,
): void {
	const latest = useRef(actions);
	latest.current = actions;
	useEffect(() => {
		const press = (event: KeyboardEvent) => {
			const { key, ctrlKey, metaKey, altKey, target } = event;
			const isField =
				target instanceof Element &&
				target.closest("input, textarea, select, [contenteditable], dialog");
			const onPress = latest.current[key];
			if (!onPress || ctrlKey || metaKey || altKey || isField) return;
			event.preventDefault();
			event.stopPropagation();
			onPress();
		};
		addEventListener("keydown", press, true);
		return () => removeEventListener("keydown", press, true);
	}, []);
}
