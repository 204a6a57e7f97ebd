// What was chosen in the viewer for a profile, in localStorage, which answers before the first paint.
import { keepItem } from "../components/save-item.ts";

/** The view; whether the text is wrapped; how flags are sorted. */
export type Choosable = "view" | "wrap" | "sort";

export function recall(key: string, what: Choosable): string | null {
	return localStorage.getItem(`${what}.${key}`);
}

export function remember(key: string, what: Choosable, choice: string): void {
	keepItem(localStorage, `${what}.${key}`, choice);
}
