// The first page, opened once: a folder that is loaded anew counts as installed each time.
import type { StorageArea } from "./storage-adapter.ts";

const WELCOMED = "welcomed";

export async function openWelcome(
	local: StorageArea,
	open: () => Promise<unknown>,
): Promise<void> {
	const found = await local.get(WELCOMED);
	if (found[WELCOMED]) return;
	await local.set({ [WELCOMED]: true });
	await open();
}
