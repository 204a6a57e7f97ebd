// Keeps in localStorage what is nice to have the next time.

/** A storage that is full costs that, and nothing else: whoever keeps a thing goes on with it. */
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
