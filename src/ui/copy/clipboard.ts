// Text to the clipboard, exactly: no markup in between, no newline changed.

/** The text of bytes that are strict UTF-8 and survive a clipboard; `undefined` for any other. A byte order mark is kept. */
export function toClipboardText(bytes: Uint8Array): string | undefined {
	// Platforms with NUL-terminated clipboards would cut the text there.
	if (bytes.includes(0)) return undefined;
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
			bytes,
		);
	} catch {
		// Not UTF-8: what the caller asked.
		return undefined;
	}
}

/** Whether the clipboard took it. To be called from a click. */
export async function writeToClipboard(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		// Refused: older DevTools panels have no clipboard permission, but still obey the copy command.
		const { execCopyCommand } = await import("./copy-by-command.ts");
		return execCopyCommand(text);
	}
}
