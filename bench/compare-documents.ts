// Documents of the comparison benchmark: 2 MB of feature flags and settings from a fixed seed, and edited versions of them.

export interface Item {
	id: string;
	[key: string]: Value;
}
export type Value =
	| string
	| number
	| boolean
	| null
	| Value[]
	| { [key: string]: Value };

export interface Configuration {
	[key: string]: Value;
	items: Item[];
}

export type Chance = () => number;

/** Mulberry32: a small generator with the same numbers everywhere. */
export function createChance(seed: number): Chance {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** A document of `bytes` bytes when indented by two spaces. */
export function createConfiguration(
	bytes: number,
	seed: number,
): Configuration {
	const chance = createChance(seed);
	const items: Item[] = [];
	let size = 0;
	while (size < bytes) {
		const item = createItem(chance, items.length, seed);
		size += JSON.stringify([item], null, 2).length + 2 * 20;
		items.push(item);
	}
	return { version: "1", region: pick(chance, REGIONS), items };
}

/** A copy with `count` leaves changed. */
export function editLeaves(
	configuration: Configuration,
	count: number,
	seed: number,
): Configuration {
	const chance = createChance(seed);
	const copy = structuredClone(configuration);
	const leaves = leavesOf(copy.items);
	for (let index = 0; index < count; index += 1) {
		// Spread evenly over the document.
		const at = Math.floor(((index + chance()) / count) * leaves.length);
		leaves[at]?.change(chance);
	}
	return copy;
}

/** A copy with `count` items removed, added or moved, and as many leaves changed. */
export function editItems(
	configuration: Configuration,
	count: number,
	seed: number,
): Configuration {
	const chance = createChance(seed);
	const copy = editLeaves(configuration, count, seed + 1);
	for (let index = 0; index < count; index += 1) {
		const at = Math.floor(chance() * copy.items.length);
		const kind = index % 3;
		if (kind === 0) copy.items.splice(at, 1);
		if (kind === 1) copy.items.splice(at, 0, createItem(chance, index, seed));
		if (kind === 2) copy.items.splice(at, 0, ...copy.items.splice(at + 5, 1));
	}
	return copy;
}

export function shuffle(
	configuration: Configuration,
	seed: number,
): Configuration {
	const chance = createChance(seed);
	const items = [...configuration.items];
	for (let at = items.length - 1; at > 0; at -= 1) {
		const other = Math.floor(chance() * (at + 1));
		const [left, right] = [items[at], items[other]];
		if (left && right) [items[at], items[other]] = [right, left];
	}
	return { ...configuration, items };
}

export function write(configuration: Configuration): string {
	return `${JSON.stringify(configuration, null, 2)}\n`;
}

export function countLeaves(configuration: Configuration): number {
	return leavesOf(configuration.items).length;
}

const REGIONS = ["eu-west-1", "us-east-1", "ap-southeast-2", "eu-central-1"];
const WORDS =
	"checkout search banner price beta cache retry limit queue upload theme tax login mail report audit".split(
		" ",
	);

function createItem(chance: Chance, index: number, seed: number): Item {
	const word = pick(chance, WORDS);
	return {
		id: `${word}-${seed}-${index}`,
		name: `${word} ${pick(chance, WORDS)}`,
		enabled: chance() < 0.5,
		rollout: Math.floor(chance() * 101),
		timeoutSeconds: Math.floor(chance() * 3600),
		ratio: Number(chance().toFixed(4)),
		regions: REGIONS.filter(() => chance() < 0.5),
		owner: { team: pick(chance, WORDS), contact: `${word}@example.com` },
		rules: Array.from({ length: Math.floor(chance() * 4) }, () => ({
			attribute: pick(chance, WORDS),
			operator: pick(chance, ["eq", "ne", "gt", "lt"]),
			value: Math.floor(chance() * 1000),
		})),
		note: chance() < 0.3 ? null : `${pick(chance, WORDS)} ${chance()}`,
	};
}

interface Leaf {
	change(chance: Chance): void;
}

/** Every string, number, boolean and null but identifiers. */
function leavesOf(root: Value): readonly Leaf[] {
	const leaves: Leaf[] = [];
	const rest: Value[] = [root];
	for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
		if (typeof value !== "object" || value === null) continue;
		const holder = value as { [key: string]: Value };
		for (const key of Object.keys(holder).reverse()) {
			const child = holder[key];
			if (typeof child === "object" && child !== null) rest.push(child);
			else if (key !== "id")
				leaves.push({
					change: (chance) => {
						holder[key] = `changed ${Math.floor(chance() * 1e9)}`;
					},
				});
		}
	}
	return leaves;
}

function pick<Element>(chance: Chance, list: readonly Element[]): Element {
	const element = list[Math.floor(chance() * list.length)];
	if (element === undefined) throw new Error("nothing to pick from");
	return element;
}
