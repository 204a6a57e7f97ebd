// Measuring side by side: rounds in which every candidate has its turn, medians, and ratios against limits.

export interface Candidate {
	readonly name: string;
	/** One measurement. */
	measure(): Promise<number>;
}

/** The candidates take turns, in another order each round, so that what else the machine does strikes all alike. */
export async function measureInTurns(
	candidates: readonly Candidate[],
	rounds: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
	const figures = new Map(candidates.map(({ name }) => [name, [] as number[]]));
	for (let round = 0; round < rounds; round += 1)
		for (let turn = 0; turn < candidates.length; turn += 1) {
			const candidate = candidates[(round + turn) % candidates.length];
			if (candidate)
				figures.get(candidate.name)?.push(await candidate.measure());
		}
	return figures;
}

export function median(figures: readonly number[]): number {
	const sorted = [...figures].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1
		? upper
		: (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export function print(
	title: string,
	figures: ReadonlyMap<string, readonly number[]>,
): void {
	console.log(`\n${title}`);
	console.table(
		Object.fromEntries(
			[...figures].map(([name, values]) => [
				name,
				{
					median: round(median(values)),
					least: round(Math.min(...values)),
					most: round(Math.max(...values)),
					runs: values.length,
				},
			]),
		),
	);
}

export interface Ratio {
	readonly what: string;
	readonly ratio: number;
	readonly limit: number;
}

export function printRatios(ratios: readonly Ratio[]): void {
	console.table(
		Object.fromEntries(
			ratios.map(({ what, ratio, limit }) => [
				what,
				{
					ratio: round(ratio),
					"at most": limit,
					holds: ratio <= limit ? "yes" : "NO",
				},
			]),
		),
	);
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
