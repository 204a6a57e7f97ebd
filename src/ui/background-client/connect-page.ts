// The connection of the page that this runs in.
import { createBodyReader } from "../../storage/body-reader.ts";
import {
	type Connection,
	type ConnectOptions,
	connect,
	type StorageArea,
} from "./connect.ts";
import type { Surface } from "./snapshot-storage.ts";

/** The part of the extension API used here. */
export interface ConnectApi extends Pick<ConnectOptions, "runtime"> {
	readonly storage: { readonly local: StorageArea };
}

export function connectPage(
	{ runtime, storage }: ConnectApi,
	surface: Surface,
): Connection {
	return connect({
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
