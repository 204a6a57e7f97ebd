import { join } from "node:path";
import type { CDPSession } from "playwright";
import { extensionUrl } from "../scripts/browser/launch.ts";
import { saveProfile } from "../scripts/browser/wire.ts";
import { hostileDocuments } from "../test/fixtures/hostile/documents.ts";
import { createBenchExtension } from "./extension.ts";
import { measureInTurns, median, printRatios } from "./figures.ts";

/*
 * CPU time of the popup's main thread to show hostile documents, against the median document.
 * Each is measured several times and the least counts, since other load on the machine only adds.
 */
const ROUNDS = 3;
const TIMES_MEDIAN = 8;

const documents = hostileDocuments();
const { context, stage, emulator, close } = await createBenchExtension(
	Object.fromEntries(
		documents.map(({ file, content }) => [join("shop/test", file), content]),
	),
);
try {
	const ids = new Map<string, string>();
	for (const { file } of documents)
		ids.set(
			file,
			await saveProfile(stage, {
				name: file,
				application: "shop",
				environment: "test",
				configurationProfile: file.replace(/\.\w+$/, ""),
				endpoint: emulator.url,
				minimumPollIntervalSeconds: 86_400,
			}),
		);
	const popup = await context.newPage();
	await popup.goto(extensionUrl("src/popup/index.html"));
	const session = await context.newCDPSession(popup);
	await session.send("Performance.enable", { timeDomain: "threadTicks" });
	const chooser = popup.getByRole("combobox", { name: "Profile" });
	const shown = popup
		.getByRole("region", { name: "Configuration" })
		.locator(".scroller, h2")
		.first();
	const figures = await measureInTurns(
		documents.map(({ file }) => ({
			name: file,
			measure: async () => {
				const before = await cpuMs(session);
				await chooser.selectOption({ value: ids.get(file) ?? "" });
				await shown.waitFor();
				return (await cpuMs(session)) - before;
			},
		})),
		ROUNDS,
	);
	const costs = new Map(
		[...figures].map(([name, values]) => [name, Math.min(...values)]),
	);
	const middle = median([...costs.values()]);
	const dearest = [...costs].sort(([, a], [, b]) => b - a).slice(0, 5);
	console.log(
		`Showing ${costs.size} hostile documents, CPU of the main thread; the median is ${middle.toFixed(1)} ms`,
	);
	printRatios(
		dearest.map(([file, cost]) => ({
			what: `${file} / median`,
			ratio: cost / middle,
			limit: TIMES_MEDIAN,
		})),
	);
} finally {
	await close();
}

async function cpuMs(session: CDPSession): Promise<number> {
	const { metrics } = await session.send("Performance.getMetrics");
	const found = metrics.find(({ name }) => name === "TaskDuration");
	return (found?.value ?? Number.NaN) * 1000;
}
