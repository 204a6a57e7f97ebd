// The 99th percentile of response times at half the rate of the slower of two servers: the emulator and bare node:http.
import { median, type Ratio } from "../figures.ts";
import { type Clients, openClients } from "./load.ts";
import { run } from "./server-process.ts";

const ROUNDS = 15;
const ROUND_MS = 700;
const CONNECTIONS = 32;

export async function measureLatency(file: string): Promise<Ratio> {
	const bare = await start(file, "node:http");
	const ours = await start(file, "emulator");
	await capacity(ours.clients);
	const most = [await capacity(bare.clients), await capacity(ours.clients)];
	const rate = Math.min(...most) / 2;
	const ratios: number[] = [];
	for (let round = -1; round < ROUNDS; round += 1) {
		const [theirs, own] = [
			await p99(bare.clients, rate),
			await p99(ours.clients, rate),
		];
		// The first round is a warm-up.
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

async function start(file: string, name: "node:http" | "emulator") {
	const server = await run(file, name, "unchanged");
	const clients = await openClients({
		port: server.port,
		connections: CONNECTIONS,
		followsTokens: true,
	});
	return {
		clients,
		stop() {
			clients.close();
			server.stop();
		},
	};
}

/** Highest rate in requests per second, in a run that also warms up. */
async function capacity(clients: Clients): Promise<number> {
	return (await clients.drive({ milliseconds: 2000 })).perSecond;
}

async function p99(clients: Clients, rate: number): Promise<number> {
	const { times } = await clients.drive({ milliseconds: ROUND_MS, rate });
	return times.percentile(0.99);
}
