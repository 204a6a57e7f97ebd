// An in-memory storage area. It stores JSON, as the browser's does.
import type { StorageArea } from "../../src/background/adapters/storage-adapter.ts";

export interface MemoryArea extends StorageArea {
	/** All that lies in it, as text. */
	text(): string;
}

export function createArea(): MemoryArea {
	const items = new Map<string, string>();
	return {
		async get(keys) {
			const wanted = keys === null ? [...items.keys()] : [keys].flat();
			return Object.fromEntries(
				wanted.flatMap((key) => {
					const text = items.get(key);
					return text === undefined ? [] : [[key, JSON.parse(text)]];
				}),
			);
		},
		async set(added) {
			for (const [key, value] of Object.entries(added))
				items.set(key, JSON.stringify(value));
		},
		async remove(keys) {
			for (const key of [keys].flat()) items.delete(key);
		},
		text: () => JSON.stringify([...items]),
	};
}
