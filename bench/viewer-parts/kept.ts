// First load of the built pages, and the stored size of fifty versions of 2 MB.
import { bundle } from "../../scripts/build/bundle.ts";
import { measureBundle } from "../../scripts/build/bundle-size.ts";
import { act, SHOW } from "../viewer-probe.ts";
import { onStage, type Part } from "../viewer-stage.ts";

const PAGES = [
	{ page: "panel", limit: 32 },
	{ page: "popup", limit: 18 },
];

export const kept: Part = async (bench) => {
	const { kept, copy } = await onStage(
		bench,
		{ address: "store", document: "10 KB" },
		async (stage) => {
			await act(stage, SHOW);
			const text = await stage.page.evaluate(() => window.subject.answer?.());
			const sizes: { kept: number; copy: number } = JSON.parse(text ?? "");
			return sizes;
		},
	);
	await bundle();
	const loads = measureBundle();
	const kilobytes = (page: string) =>
		(loads.find(({ name }) => name === page)?.bytes ?? Number.NaN) / 1000;
	return {
		title: "What is loaded first, zipped, and what fifty versions take",
		figures: new Map([
			...PAGES.map(({ page }) => [`${page}, kB`, [kilobytes(page)]] as const),
			["50 versions of 2 MB, kB", [kept / 1000]] as const,
			["one of them zipped, kB", [copy / 1000]] as const,
		]),
		verdicts: [
			...PAGES.map(({ page, limit }) => ({
				what: `first load, zipped, kB: ${page}`,
				ours: kilobytes(page),
				limit,
			})),
			{
				what: "50 stored versions, kB / one gzip copy",
				ours: kept / 1000,
				reference: copy / 1000,
				limit: 75,
			},
		],
	};
};
