// Documents of the viewer benchmark: ordinary ones of several sizes from a fixed seed, and shapes that are hard for viewers.
import {
	countLeaves,
	createConfiguration,
	editItems,
	editLeaves,
	shuffle,
	write,
} from "./compare-documents.ts";

export interface BenchDocument {
	readonly name: string;
	readonly text: string;
}

const SEED = 7;
const MB = 1_000_000;

export function createDocuments(): readonly BenchDocument[] {
	return [
		{ name: "10 KB", text: ordinary(10_000) },
		{ name: "200 KB", text: ordinary(200_000) },
		{ name: "1 MB", text: ordinary(MB) },
		{ name: "2 MB", text: ordinary(2 * MB) },
		{ name: "5,000 flags", text: flags(5_000) },
		{ name: "one 2 MB line", text: JSON.stringify(["x".repeat(2 * MB)]) },
		{
			name: "2 MB on one line",
			text: JSON.stringify(JSON.parse(ordinary(3 * MB))),
		},
		{ name: "100,000 deep", text: deep(100_000) },
		{ name: "300,000 deep", text: deep(300_000) },
		{ name: "100,000 keys", text: keys(100_000) },
		...createVersions(),
	];
}

export const FIRST_VERSION = "first version";

/** A document of 2 MB and edited versions of it. */
function createVersions(): readonly BenchDocument[] {
	const base = createConfiguration(2 * MB, 1);
	const leaves = countLeaves(base);
	const versions = {
		[FIRST_VERSION]: base,
		"10 edits": editLeaves(base, 10, 2),
		"200 edits": editLeaves(base, 200, 3),
		"10 edits, items moved too": editItems(base, 5, 8),
		"200 edits, items moved too": editItems(base, 100, 4),
		"5 % of leaves": editLeaves(base, Math.floor(leaves * 0.05), 5),
		"50 % of leaves": editLeaves(base, Math.floor(leaves * 0.5), 6),
		shuffled: shuffle(base, 7),
		"everything different": createConfiguration(2 * MB, 99),
	};
	return Object.entries(versions).map(([name, version]) => ({
		name,
		text: write(version),
	}));
}

function ordinary(bytes: number): string {
	return JSON.stringify(createConfiguration(bytes, SEED), undefined, 2);
}

function flags(count: number): string {
	const all = Array.from({ length: count }, (_, index) => [
		`flag-${index}`,
		{ enabled: index % 3 === 0, limit: index, audience: ["a", `b${index}`] },
	]);
	return JSON.stringify(Object.fromEntries(all), undefined, 2);
}

function deep(levels: number): string {
	return "[".repeat(levels) + "]".repeat(levels);
}

function keys(count: number): string {
	const all = Array.from(
		{ length: count },
		(_, index) => `"key${index}":${index}`,
	);
	return `{${all.join()}}`;
}
