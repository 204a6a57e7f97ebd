// The connection of the page that this runs in.
import { createBodyReader } from "../../storage/body-reader.ts";
import {
	type BackgroundClient,
	type BackgroundClientOptions,
	createBackgroundClient,
	type StorageArea,
} from "./background-client.ts";
import type { Surface } from "./snapshot-storage.ts";

/** The part of the extension API used here. */
export interface BrowserApi extends Pick<BackgroundClientOptions, "runtime"> {
	readonly storage: { readonly local: StorageArea };
}

export function connectPage(
	{ runtime, storage }: BrowserApi,
	surface: Surface,
): BackgroundClient {
	return createBackgroundClient({
		runtime,
		storage: storage.local,
		bodies: createBodyReader(),
		page: document,
		memory: localStorage,
		surface,
		afterPaint,
	});
}

/** After the next frame has been painted. */
function afterPaint(job: () => void): void {
	requestAnimationFrame(() => setTimeout(job));
}
