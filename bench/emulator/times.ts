export interface Times {
	add(milliseconds: number): void;
	count(): number;
	/** 0–1. */
	percentile(share: number): number;
}

export function createTimes(): Times {
	const all: number[] = [];
	return {
		add: (milliseconds) => void all.push(milliseconds),
		count: () => all.length,
		percentile(share) {
			const sorted = [...all].sort((a, b) => a - b);
			return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
		},
	};
}
