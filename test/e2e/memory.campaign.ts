import type { CDPSession } from "playwright";
import { command } from "../../scripts/browser/wire.ts";
import { MAX_VERSIONS } from "../../src/core/history/history.ts";
import type { View } from "./extension.ts";
import { addProfile, expect, test, versions } from "./test.ts";

const CHANGES = 75;
/** Code is loaded and compiled during the first changes. */
const WARM = 10;
/** Popup and panel share a process, and so a heap: bytes a change for both. */
const MAX_KEPT_PER_CHANGE = 100_000;
/** Once the history is full nothing grows; what is left is noise of the engine. */
const MAX_KEPT_WHEN_FULL = 20_000;

interface Memory {
	readonly heap: number;
	readonly nodes: number;
	readonly listeners: number;
}

test("popup and panel keep no memory of past renders over 75 changes", async ({
	emulator,
	extension,
}) => {
	const id = await addProfile(
		{ emulator, extension },
		"soak.json",
		document(1),
	);
	const panel = await extension.openPanel();
	const popup = await extension.openPopup();
	const views = { popup, panel };
	const sessions = await Promise.all(
		Object.entries(views).map(async ([name, view]) => {
			const session = await extension.context.newCDPSession(view);
			await session.send("Performance.enable");
			return { name, session };
		}),
	);
	const rows: (Memory & { view: string; changes: number })[] = [];
	const show = async (change: number) => {
		for (const view of Object.values(views)) await isShown(view, change);
	};
	await show(1);
	for (let change = 2; change <= CHANGES; change += 1) {
		await emulator.deploy("shop/test/soak.json", document(change));
		await command(extension.stage, "pollNow", { id });
		await show(change);
		if (![WARM, MAX_VERSIONS, CHANGES].includes(change)) continue;
		for (const { name, session } of sessions)
			rows.push({
				view: name,
				changes: change,
				...(await memoryOf(session)),
			});
	}
	console.table(rows);
	for (const { name, session } of sessions) {
		const [warm, full, end] = rows.filter(({ view }) => view === name);
		if (!warm || !full || !end) throw new Error(`${name} was not measured.`);
		expect(
			(end.heap - warm.heap) / (CHANGES - WARM),
			`bytes kept a change, in the ${name}`,
		).toBeLessThan(MAX_KEPT_PER_CHANGE);
		expect(
			(end.heap - full.heap) / (CHANGES - MAX_VERSIONS),
			`bytes kept a change with a full history, in the ${name}`,
		).toBeLessThan(MAX_KEPT_WHEN_FULL);
		expect(end.nodes, `nodes of the ${name}`).toBeLessThan(full.nodes * 1.1);
		expect(end.listeners, `listeners of the ${name}`).toBeLessThan(
			full.listeners * 1.1,
		);
		// The version on show, and the one before while its rows are marked.
		expect(
			await bodiesIn(session),
			`configurations held by the views together`,
		).toBeLessThanOrEqual(2 * Object.keys(views).length);
	}
});

const ENTRIES = 300;

/** About as long as any other. */
function document(change: number): string {
	const settings = Array.from({ length: ENTRIES }, (_, index) => [
		`setting-${index}`,
		{
			enabled: (index + change) % 3 === 0,
			limit: index * 17,
			owner: "storefront",
		},
	]);
	return JSON.stringify(
		{ change, settings: Object.fromEntries(settings) },
		null,
		2,
	);
}

async function isShown(view: View, change: number): Promise<void> {
	await expect(versions(view).first()).toContainText(`Version ${change}`);
	await expect(
		view.getByRole("treeitem", { name: `"change": ${change}`, exact: true }),
	).toBeVisible();
}

/** What is still in use after a collection is held by something. */
async function memoryOf(session: CDPSession): Promise<Memory> {
	await collectGarbage(session);
	const { metrics } = await session.send("Performance.getMetrics");
	const of = (name: string) =>
		metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
	return {
		heap: of("JSHeapUsedSize"),
		nodes: of("Nodes"),
		listeners: of("JSEventListeners"),
	};
}

/** More than once: what a finalizer lets go is collected by the next round. */
async function collectGarbage(session: CDPSession): Promise<void> {
	for (let round = 0; round < 4; round += 1)
		await session.send("HeapProfiler.collectGarbage");
}

interface HeapSnapshot {
	readonly snapshot: {
		readonly meta: { readonly node_fields: readonly string[] };
	};
	readonly nodes: readonly number[];
	readonly strings: readonly string[];
}

/** How many byte arrays as long as one of these documents are in the heap. */
async function bodiesIn(session: CDPSession): Promise<number> {
	await collectGarbage(session);
	const chunks: string[] = [];
	session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) =>
		chunks.push(chunk),
	);
	await session.send("HeapProfiler.takeHeapSnapshot");
	const heap: HeapSnapshot = JSON.parse(chunks.join(""));
	const fields = heap.snapshot.meta.node_fields;
	const name = fields.indexOf("name");
	const size = fields.indexOf("self_size");
	const wanted = document(CHANGES).length;
	let count = 0;
	for (let node = 0; node < heap.nodes.length; node += fields.length) {
		const isBytes =
			heap.strings[heap.nodes[node + name] ?? -1]?.includes("ArrayBufferData");
		const isAsLong =
			Math.abs((heap.nodes[node + size] ?? 0) - wanted) < ENTRIES;
		if (isBytes && isAsLong) count += 1;
	}
	return count;
}
