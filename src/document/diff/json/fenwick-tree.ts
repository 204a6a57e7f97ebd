// Counts by position with quick sums of all before one (Fenwick, https://doi.org/10.1002/spe.4380240306).

export interface Tally {
	add(position: number, by: number): void;
	/** Of all positions below this one. */
	before(position: number): number;
}

export function createTally(size: number): Tally {
	const sums = new Int32Array(size + 1);
	return {
		add(position, by) {
			for (let at = position + 1; at <= size; at += at & -at)
				sums[at] = (sums[at] ?? 0) + by;
		},
		before(position) {
			let sum = 0;
			for (let at = position; at > 0; at -= at & -at) sum += sums[at] ?? 0;
			return sum;
		},
	};
}
