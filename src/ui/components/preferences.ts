// What was chosen in the viewer for a profile, in localStorage, which answers before the first paint.
import { saveItem } from "./save-item.ts";

/** The view; whether the text is wrapped; how flags are sorted. */
export type ViewPreference = "view" | "wrap" | "sort";

export function loadPreference(
	key: string,
	what: ViewPreference,
): string | null {
	return localStorage.getItem(`${what}.${key}`);
}

export function savePreference(
	key: string,
	what: ViewPreference,
	choice: string,
): void {
	saveItem(localStorage, `${what}.${key}`, choice);
}
