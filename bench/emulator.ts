// npm run bench:emulator: the emulator, bare node:http and three frameworks: throughput, latency, memory and start-up time.
import { fileURLToPath } from "node:url";
import { measureLatency } from "./emulator/latency.ts";
import {
	measureSessionMemory,
	measureStartup,
} from "./emulator/memory-and-startup.ts";
import type { Kind } from "./emulator/sample.ts";
import { runAsServer } from "./emulator/server-process.ts";
import { measureThroughput } from "./emulator/throughput.ts";
import { printRatios, type Ratio } from "./figures.ts";

const file = fileURLToPath(import.meta.url);
if (!(await runAsServer())) {
	const limits: Ratio[] = [];
	for (const kind of ["unchanged", "100 KB"] as const)
		limits.push(...(await compare(kind)));
	limits.push(await measureLatency(file));
	limits.push(await measureSessionMemory());
	limits.push(...(await measureStartup()));
	console.log("\nLimits");
	printRatios(limits);
	process.exit(limits.every(({ ratio, limit }) => ratio <= limit) ? 0 : 1);
}

async function compare(kind: Kind): Promise<Ratio[]> {
	const figures = await measureThroughput(file, kind);
	console.log(`\nA poll, ${kind}, keep-alive; no server writes a log`);
	console.table(
		Object.fromEntries(
			[...figures].map(([name, { perSecond, cpu, ratio, cpuRatio }]) => [
				name,
				{
					"requests/s": Math.round(perSecond),
					"of node:http": Math.round(ratio * 100) / 100,
					"server µs/request": Math.round(cpu * 10) / 10,
					"of node:http, by µs": Math.round(cpuRatio * 100) / 100,
				},
			]),
		),
	);
	const emulator = figures.get("emulator")?.ratio ?? 0;
	return (["fastify", "hono", "express"] as const).map((name) => ({
		what: `${name}'s requests/s relative to the emulator's, ${kind}`,
		ratio: (figures.get(name)?.ratio ?? Number.NaN) / emulator,
		limit: 1,
	}));
}
