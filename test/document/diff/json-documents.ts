import fc from "fast-check";

export type Json =
	| null
	| boolean
	| number
	| string
	| Json[]
	| { [key: string]: Json };

const key = fc.constantFrom(
	"id",
	"key",
	"name",
	"a",
	"b",
	"a/b",
	"~c",
	"",
	"ü",
);
const scalar: fc.Arbitrary<Json> = fc.oneof(
	fc.constantFrom<Json>(null, true, false, 0, 1, 2, 1.5, -0.25, "", "x", "ü\n"),
	fc.integer({ min: 0, max: 9 }),
);

const items: fc.Arbitrary<Json> = fc
	.uniqueArray(fc.nat(12), { maxLength: 8 })
	.chain((ids) =>
		fc.tuple(...ids.map((id) => fc.tuple(fc.constant(id), scalar))),
	)
	.map((list) => list.map(([id, value]) => ({ id, value })));

const { document } = fc.letrec<{ document: Json }>((tie) => ({
	document: fc.oneof(
		{ maxDepth: 4, withCrossShrink: true },
		scalar,
		fc.array(tie("document"), { maxLength: 7 }),
		fc
			.array(fc.tuple(key, tie("document")), { maxLength: 6 })
			.map((entries) => Object.fromEntries(entries)),
		items,
	),
}));

export const documents = fc.oneof(
	fc.tuple(document, document),
	fc.tuple(items, items),
	fc
		.tuple(fc.array(document, { maxLength: 12 }), fc.infiniteStream(fc.nat(11)))
		.map(([list, chances]) => [list, rearrange(list, chances)] as const),
	fc
		.tuple(document, fc.infiniteStream(fc.nat(11)))
		.map(
			([original, chances]) =>
				[original, withOtherLeaves(original, chances)] as const,
		),
);

/** The same document but for some of its single values. */
function withOtherLeaves(original: Json, chances: Iterable<number>): Json {
	const next = chances[Symbol.iterator]();
	const chance = (): number => next.next().value ?? 0;
	return JSON.parse(
		JSON.stringify(original, (_, value: Json) =>
			typeof value === "number" && chance() < 3 ? chance() : value,
		),
	);
}

function rearrange(list: readonly Json[], chances: Iterable<number>): Json[] {
	const next = chances[Symbol.iterator]();
	const chance = (): number => next.next().value ?? 0;
	const copy = [...list];
	for (let edits = chance() % 4; edits > 0; edits -= 1) {
		const at = chance();
		if (edits % 2 === 0) copy.splice(at, 1);
		else copy.splice(chance(), 0, ...copy.splice(at, 1));
	}
	return copy;
}
