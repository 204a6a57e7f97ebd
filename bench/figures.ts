// Measures candidates in turns, round by round, and reports medians and ratios against limits.

export interface Candidate {
	readonly name: string;
	/** One measurement. Several figures of it differ in their kind. */
	measure(): Promise<number | Readonly<Record<string, number>>>;
}

/** Measurements by name. */
export type Figures = ReadonlyMap<string, readonly number[]>;

/** The candidates take turns, in another order each round, so that other load on the machine affects all alike. */
export async function measureInTurns(
	candidates: readonly Candidate[],
	rounds: number,
): Promise<Figures> {
	const figures = new Map<string, number[]>();
	const note = (name: string, value: number) =>
		figures.set(name, [...(figures.get(name) ?? []), value]);
	for (let round = 0; round < rounds; round += 1)
		for (let turn = 0; turn < candidates.length; turn += 1) {
			const candidate = candidates[(round + turn) % candidates.length];
			const measured = await candidate?.measure();
			if (!candidate || measured === undefined) continue;
			if (typeof measured === "number") note(candidate.name, measured);
			else
				for (const [what, value] of Object.entries(measured))
					note(`${candidate.name}, ${what}`, value);
		}
	return figures;
}

export function medianOf(figures: Figures, name: string): number {
	const values = figures.get(name);
	if (!values) throw new Error(`${name} was not measured.`);
	return median(values);
}

export function median(figures: readonly number[]): number {
	const sorted = [...figures].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1
		? upper
		: (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export function print(title: string, figures: Figures): void {
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

/** One limit: our figure, the reference, and the largest allowed ratio. */
export interface Verdict {
	readonly what: string;
	readonly ours: number;
	/** Absent: the limit is absolute. */
	readonly reference?: number;
	readonly limit: number;
}

export function printVerdicts(verdicts: readonly Verdict[]): void {
	console.table(
		Object.fromEntries(
			verdicts.map((verdict) => {
				const { what, ours, reference, limit } = verdict;
				const value = shareOf(verdict);
				return [
					what,
					{
						ours: round(ours),
						reference: reference === undefined ? "" : round(reference),
						ratio: reference === undefined ? "" : round(value),
						"at most": round(limit),
						holds: value <= limit ? "yes" : "NO",
					},
				];
			}),
		),
	);
	const missed = verdicts.filter((each) => !(shareOf(each) <= each.limit));
	console.log(
		`${verdicts.length - missed.length} of ${verdicts.length} figures hold.`,
	);
}

function shareOf({ ours, reference }: Verdict): number {
	return reference === undefined ? ours : ours / reference;
}

/** To three significant digits. */
function round(value: number): number {
	return Math.abs(value) >= 100
		? Math.round(value)
		: Number(value.toPrecision(3));
}
