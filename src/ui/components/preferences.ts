/** The view; whether the text is wrapped; how flags are sorted. */
export type ViewPreference = "view" | "wrap" | "sort";

/** The key in localStorage of the summaries of changes, which quote values of configurations. */
export const SUMMARIES_KEY = "summaries";

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

/** When the storage is full the preference is lost and nothing else. */
export function saveItem(
	storage: Pick<Storage, "setItem">,
	key: string,
	text: string,
): void {
	try {
		storage.setItem(key, text);
	} catch {
		// Full. The next page begins without it.
	}
}
