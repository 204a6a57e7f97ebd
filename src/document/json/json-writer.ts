export interface JsonWriter {
	write(text: string): void;
	/** The items within brackets, parted by commas; `writeItem` puts each. */
	writeItems<T>(
		brackets: "{}" | "[]" | "()",
		items: Iterable<T>,
		writeItem: (item: T, index: number) => void,
	): void;
	/** What was put so far. */
	text(): string;
}

export function createJsonWriter(): JsonWriter {
	const parts: string[] = [];
	const write = (text: string) => {
		parts.push(text);
	};
	return {
		write,
		writeItems(brackets, items, writeItem) {
			write(brackets.charAt(0));
			let index = 0;
			for (const item of items) {
				if (index > 0) write(",");
				writeItem(item, index);
				index += 1;
			}
			write(brackets.charAt(1));
		},
		text: () => parts.join(""),
	};
}
