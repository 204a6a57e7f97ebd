// npm run bench:viewer: the viewer and the comparison against their peers in real Chromium; medians of five.
// npm run bench:viewer -- paint search: runs these parts only.
import { print, printVerdicts, type Verdict } from "./figures.ts";
import { comparison } from "./viewer-parts/comparison.ts";
import { expand } from "./viewer-parts/expand.ts";
import { kept } from "./viewer-parts/kept.ts";
import { paint } from "./viewer-parts/paint.ts";
import { room } from "./viewer-parts/room.ts";
import { scrolling } from "./viewer-parts/scroll.ts";
import { search } from "./viewer-parts/search.ts";
import { shapes } from "./viewer-parts/shapes.ts";
import { structureDiff } from "./viewer-parts/structure-diff.ts";
import { textDiff } from "./viewer-parts/text-diff.ts";
import { type Part, withBench } from "./viewer-stage.ts";

const PARTS: Readonly<Record<string, Part>> = {
	paint,
	expand,
	scroll: scrolling,
	shapes,
	search,
	room,
	"text-diff": textDiff,
	comparison,
	"structure-diff": structureDiff,
	kept,
};

const flag = process.argv.indexOf("--parts");
const named = flag < 0 ? [] : process.argv.slice(flag + 1);
const unknown = named.find((name) => !(name in PARTS));
if (unknown)
	throw new Error(
		`There is no part ${unknown}. There are ${Object.keys(PARTS).join(", ")}.`,
	);
await withBench(async (bench) => {
	const verdicts: Verdict[] = [];
	for (const [name, part] of Object.entries(PARTS)) {
		if (named.length > 0 && !named.includes(name)) continue;
		const measured = await part(bench);
		print(measured.title, measured.figures);
		printVerdicts(measured.verdicts);
		verdicts.push(...measured.verdicts);
	}
	console.log("\nAll of it");
	printVerdicts(verdicts);
});
