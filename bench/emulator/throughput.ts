// Requests per second and processor time of each server, in short rounds in which all take turns.
import { median } from "../figures.ts";
import { type Clients, openClients } from "./load.ts";
import type { Kind } from "./sample.ts";
import { type Running, run } from "./server-process.ts";
import { SERVERS, type ServerName } from "./servers.ts";

/** Processes differ by a tenth in compilation and garbage collection, so each server is started this many times. */
const STARTS = 3;
const ROUNDS = 8;
const ROUND_MS = 350;
/** Warm-up until Node has compiled the hot code. */
const WARMING_MS = 2500;
const CONNECTIONS = 32;

export interface Figures {
	readonly perSecond: number;
	/** Microseconds of the server's processor time per request. */
	readonly cpu: number;
	/** Requests per second relative to bare node:http in the same round; the median of all rounds. */
	readonly ratio: number;
	/** Processor time relative to bare node:http in the same round, which other load on the machine hardly changes. */
	readonly cpuRatio: number;
}

type Measured = Pick<Figures, "perSecond" | "cpu">;
type Round = ReadonlyMap<ServerName, Measured>;

interface Candidate {
	readonly name: ServerName;
	readonly server: Running;
	readonly clients: Clients;
}

export async function measureThroughput(
	file: string,
	kind: Kind,
): Promise<ReadonlyMap<ServerName, Figures>> {
	const rounds: Round[] = [];
	for (let start = 0; start < STARTS; start += 1)
		rounds.push(...(await measureOnce(file, kind)));
	return new Map(SERVERS.map((name) => [name, summarise(rounds, name)]));
}

async function measureOnce(file: string, kind: Kind): Promise<Round[]> {
	const candidates: Candidate[] = [];
	for (const name of SERVERS) candidates.push(await start(file, name, kind));
	for (const { clients } of candidates)
		await clients.drive({ milliseconds: WARMING_MS });
	const rounds: Round[] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		const figures = new Map<ServerName, Measured>();
		const order = candidates.map(
			(_, turn) => candidates[(round + turn) % candidates.length],
		);
		for (const candidate of order)
			if (candidate) figures.set(candidate.name, await measure(candidate));
		rounds.push(figures);
	}
	for (const { server, clients } of candidates) {
		clients.close();
		server.stop();
	}
	return rounds;
}

async function start(
	file: string,
	name: ServerName,
	kind: Kind,
): Promise<Candidate> {
	const server = await run(file, name, kind);
	const clients = await openClients({
		port: server.port,
		connections: CONNECTIONS,
		followsTokens: kind === "unchanged",
	});
	return { name, server, clients };
}

async function measure({ server, clients }: Candidate): Promise<Measured> {
	await server.cpu();
	const { perSecond, requests } = await clients.drive({
		milliseconds: ROUND_MS,
	});
	return { perSecond, cpu: (await server.cpu()) / requests };
}

function summarise(rounds: readonly Round[], name: ServerName): Figures {
	const of = (which: ServerName, figure: keyof Measured) =>
		rounds.map((round) => round.get(which)?.[figure] ?? Number.NaN);
	const bare = of("node:http", "perSecond");
	const bareCpu = of("node:http", "cpu");
	const perSecond = of(name, "perSecond");
	const cpu = of(name, "cpu");
	return {
		perSecond: median(perSecond),
		cpu: median(cpu),
		ratio: median(perSecond.map((figure, at) => figure / (bare[at] ?? 1))),
		cpuRatio: median(cpu.map((figure, at) => (bareCpu[at] ?? 1) / figure)),
	};
}
