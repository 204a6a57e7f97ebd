// One of a kind at a time: whoever asks while it is under way gets the same answer.

export type Once<K, T> = (key: K, work: () => Promise<T>) => Promise<T>;

export function createOnce<K, T>(): Once<K, T> {
	const underWay = new Map<K, Promise<T>>();
	return (key, work) => {
		const known = underWay.get(key);
		if (known) return known;
		const begun = work().finally(() => underWay.delete(key));
		underWay.set(key, begun);
		return begun;
	};
}
