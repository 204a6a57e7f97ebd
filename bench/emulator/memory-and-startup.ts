// Memory of 100,000 sessions, time to start, and time to serve a directory of 10,000 profiles.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.ts";
import { median, type Ratio } from "../figures.ts";

const SESSIONS = 100_000;
const PROFILES = 10_000;

export async function measureSessionMemory(): Promise<Ratio> {
	const { directory, remove } = createProfiles(1);
	const emulator = createEmulator({ directory });
	const first = await openSession(emulator);
	const before = usedMemory();
	for (let session = 0; session < SESSIONS; session += 1)
		await openSession(emulator);
	const bytes = (usedMemory() - before) / SESSIONS;
	// Also keeps the emulator from being garbage-collected before it is measured.
	await useSession(emulator, first);
	remove();
	return {
		what: "bytes of memory for an open session",
		ratio: bytes,
		limit: 1000,
	};
}

/** Its first token. */
async function openSession(emulator: Emulator): Promise<string> {
	const reply = await emulator.handle({
		method: "POST",
		url: "/configurationsessions",
		headers: { "content-type": "application/json" },
		body: START,
	});
	if (reply.status !== 201) throw new Error("No session was opened");
	return JSON.parse(String(reply.body)).InitialConfigurationToken;
}

async function useSession(emulator: Emulator, token: string): Promise<void> {
	const reply = await emulator.handle({
		method: "GET",
		url: `/configuration?configuration_token=${encodeURIComponent(token)}`,
		headers: {},
		body: new Uint8Array(0),
	});
	if (reply.status !== 200) throw new Error("A session was lost");
}

export async function measureStartup(): Promise<Ratio[]> {
	const small = createProfiles(1);
	const large = createProfiles(PROFILES);
	const starts: number[] = [];
	const largeStarts: number[] = [];
	const changes: number[] = [];
	for (let round = 0; round < 5; round += 1) {
		starts.push((await start(small.directory)).milliseconds);
		const figures = await start(large.directory);
		largeStarts.push(figures.milliseconds);
		changes.push(figures.change);
	}
	small.remove();
	large.remove();
	return [
		{
			what: "ms from start to first answer",
			ratio: median(starts),
			limit: 500,
		},
		{
			what: `ms to the first answer with ${PROFILES} profiles`,
			ratio: median(largeStarts),
			limit: 1000,
		},
		{
			what: `ms until a changed file of ${PROFILES} is served`,
			ratio: median(changes),
			limit: 250,
		},
	];
}

/** From spawning the command to the first configuration, then from writing a file to its being served. */
async function start(
	directory: string,
): Promise<{ milliseconds: number; change: number }> {
	const startedAt = performance.now();
	const args = [
		resolve("build/emulator/cli/main.js"),
		directory,
		"--port",
		"0",
	];
	const child = spawn(process.execPath, args);
	const line = await new Promise<string>((resolve, reject) => {
		createInterface(child.stdout).once("line", resolve);
		child.once("exit", () => reject(new Error("The emulator has ended")));
	});
	const url = line.split(" ").at(-1) ?? "";
	await readNew(url);
	const milliseconds = performance.now() - startedAt;
	const changedAt = performance.now();
	const content = JSON.stringify({ changedAt });
	writeFileSync(join(directory, "shop/test/settings-0.json"), content);
	if ((await readNew(url)) !== content) throw new Error("An old version");
	const change = performance.now() - changedAt;
	child.kill();
	return { milliseconds, change };
}

/** The token of a new session. */
async function readNew(url: string): Promise<string> {
	const started = await fetch(`${url}/configurationsessions`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: START,
	});
	const { InitialConfigurationToken } = (await started.json()) as {
		InitialConfigurationToken: string;
	};
	const token = encodeURIComponent(InitialConfigurationToken);
	const reply = await fetch(
		`${url}/configuration?configuration_token=${token}`,
	);
	return reply.text();
}

const START = new TextEncoder().encode(
	JSON.stringify({
		ApplicationIdentifier: "shop",
		EnvironmentIdentifier: "test",
		ConfigurationProfileIdentifier: "settings-0",
	}),
);

function createProfiles(count: number): {
	directory: string;
	remove: () => void;
} {
	const directory = mkdtempSync(join(tmpdir(), "bench-"));
	mkdirSync(join(directory, "shop/test"), { recursive: true });
	for (let profile = 0; profile < count; profile += 1)
		writeFileSync(
			join(directory, `shop/test/settings-${profile}.json`),
			JSON.stringify({ profile }),
		);
	return { directory, remove: () => rmSync(directory, { recursive: true }) };
}

function usedMemory(): number {
	setFlagsFromString("--expose-gc");
	const collect = runInNewContext("gc") as () => void;
	collect();
	collect();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}
