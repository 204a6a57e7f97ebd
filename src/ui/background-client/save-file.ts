// A file for the user to keep, without the permission to manage downloads.

/** `contents`: exactly these bytes, or a text as UTF-8. */
export function saveFile(
	name: string,
	contents: Uint8Array | string,
	type = "application/octet-stream",
): void {
	const part =
		typeof contents === "string" ? contents : new Uint8Array(contents);
	const url = URL.createObjectURL(new Blob([part], { type }));
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	// The browser has taken hold of it with the click.
	URL.revokeObjectURL(url);
}
