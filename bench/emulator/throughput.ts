// Requests per second and processor time of each server, in rounds in which all take turns.
import { median } from "../figures.ts";
import { drive } from "./load.ts";
import { type Running, run } from "./processes.ts";
import type { Kind } from "./sample.ts";
import { SERVERS, type ServerName } from "./servers.ts";

const ROUNDS = 7;
const ROUND_MS = 1500;
const CONNECTIONS = 32;

export interface Figures {
	readonly perSecond: number;
	/** Microseconds of processor time of the server for one request. */
	readonly cpu: number;
	/** Of each round, against bare node:http in the same round. */
	readonly ratio: number;
}

export async function measureThroughput(
	file: string,
	kind: Kind,
): Promise<ReadonlyMap<ServerName, Figures>> {
	const servers = new Map<ServerName, Running>();
	for (const name of SERVERS) servers.set(name, await run(file, name, kind));
	const rounds: Map<ServerName, { perSecond: number; cpu: number }>[] = [];
	for (let round = -1; round < ROUNDS; round += 1) {
		const figures = new Map<ServerName, { perSecond: number; cpu: number }>();
		const order = SERVERS.map(
			(_, turn) => SERVERS[(round + 1 + turn) % SERVERS.length],
		);
		for (const name of order) {
			const server = name && servers.get(name);
			if (name && server) figures.set(name, await measure(server, kind));
		}
		// The first round is for warming up.
		if (round >= 0) rounds.push(figures);
	}
	for (const server of servers.values()) server.stop();
	return new Map(SERVERS.map((name) => [name, summarise(rounds, name)]));
}

async function measure(server: Running, kind: Kind) {
	await server.cpu();
	const { perSecond, requests } = await drive({
		port: server.port,
		connections: CONNECTIONS,
		milliseconds: ROUND_MS,
		followsTokens: kind === "unchanged",
	});
	return { perSecond, cpu: (await server.cpu()) / requests };
}

function summarise(
	rounds: readonly Map<ServerName, { perSecond: number; cpu: number }>[],
	name: ServerName,
): Figures {
	const of = (which: ServerName, figure: "perSecond" | "cpu") =>
		rounds.map((round) => round.get(which)?.[figure] ?? Number.NaN);
	const bare = of("node:http", "perSecond");
	const ours = of(name, "perSecond");
	return {
		perSecond: median(ours),
		cpu: median(of(name, "cpu")),
		ratio: median(ours.map((figure, round) => figure / (bare[round] ?? 1))),
	};
}
