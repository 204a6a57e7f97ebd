// Writes extended JSON, value by value.

export interface ValueWriter {
	put(text: string): void;
	/** The items within brackets, parted by commas; `writeItem` puts each. */
	putAll<T>(
		brackets: "{}" | "[]" | "()",
		items: Iterable<T>,
		writeItem: (item: T, index: number) => void,
	): void;
	/** What was put so far. */
	text(): string;
}

export function createWriter(): ValueWriter {
	const parts: string[] = [];
	const put = (text: string) => {
		parts.push(text);
	};
	return {
		put,
		putAll(brackets, items, writeItem) {
			put(brackets.charAt(0));
			let index = 0;
			for (const item of items) {
				if (index > 0) put(",");
				writeItem(item, index);
				index += 1;
			}
			put(brackets.charAt(1));
		},
		text: () => parts.join(""),
	};
}
