// The 99th percentile of response times at half of what the slower of the two can do, ours against bare node:http's.
import { median, type Ratio } from "../figures.ts";
import { drive } from "./load.ts";
import { run } from "./processes.ts";

const ROUNDS = 5;
const CONNECTIONS = 32;

export async function measureLatency(file: string): Promise<Ratio> {
	const bare = await run(file, "node:http", "unchanged");
	const ours = await run(file, "emulator", "unchanged");
	await capacity(ours.port);
	const rate =
		Math.min(await capacity(bare.port), await capacity(ours.port)) / 2;
	const ratios: number[] = [];
	for (let round = -1; round < ROUNDS; round += 1) {
		const [theirs, own] = [
			await p99(bare.port, rate),
			await p99(ours.port, rate),
		];
		if (round >= 0) ratios.push(own / theirs);
	}
	bare.stop();
	ours.stop();
	return {
		what: `p99 at ${Math.round(rate)} requests/s, of node:http's`,
		ratio: median(ratios),
		limit: 3,
	};
}

/** Requests per second at most, in a run that also warms up. */
async function capacity(port: number): Promise<number> {
	const { perSecond } = await drive({
		port,
		connections: CONNECTIONS,
		milliseconds: 2000,
		followsTokens: true,
	});
	return perSecond;
}

async function p99(port: number, rate: number): Promise<number> {
	const { times } = await drive({
		port,
		connections: CONNECTIONS,
		milliseconds: 2000,
		rate,
		followsTokens: true,
	});
	return times.percentile(0.99);
}
