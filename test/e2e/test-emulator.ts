// The emulator in the process of the tests, on a folder of its own: as a program it would take half a second to start.
// test/emulator/cli/program.test.ts tests the program.
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.ts";

export interface EventLogEntry {
	readonly index: number;
	readonly event: string;
	readonly session?: number;
	readonly token?: string;
	readonly subject?: string;
	readonly sha256?: string;
}

export interface TestEmulator {
	readonly url: string;
	/** A changed file is a deployment. `path` is application/environment/profile.ext. */
	deploy(path: string, content: string | Uint8Array): Promise<void>;
	/** Removes the file. */
	withdraw(path: string): Promise<void>;
	addFault(rule: Readonly<Record<string, string | number>>): Promise<void>;
	clearFaults(): Promise<void>;
	events(): Promise<readonly EventLogEntry[]>;
	stop(): Promise<void>;
	/** At the same address, as one that was started again by its user. */
	start(): Promise<void>;
	remove(): Promise<void>;
}

/** Seconds; the least there is, so that no test waits for long. */
const POLL_INTERVAL = 1;

export async function createTestEmulator(): Promise<TestEmulator> {
	const directory = await mkdtemp(join(tmpdir(), "appconfig-examples-"));
	let running: Emulator | undefined;
	async function start(port: number): Promise<string> {
		running = createEmulator({
			directory,
			pollIntervalSeconds: POLL_INTERVAL,
			testing: true,
		});
		const { url } = await running.listen({ port });
		return url;
	}
	async function stop(): Promise<void> {
		await running?.close();
		running = undefined;
	}
	const url = await start(0);
	return {
		url,
		deploy: (path, content) => deploy(join(directory, path), content),
		withdraw: (path) => rm(join(directory, path)),
		addFault: async (rule) => void (await ask(url, "POST", "faults", rule)),
		clearFaults: async () => void (await ask(url, "DELETE", "faults")),
		events: async () => (await ask(url, "GET", "events")).events,
		stop,
		start: async () => void (await start(Number(new URL(url).port))),
		remove: async () => {
			await stop();
			await rm(directory, { recursive: true });
		},
	};
}

// Written beside and renamed, as careful editors do.
async function deploy(
	path: string,
	content: string | Uint8Array,
): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	await writeFile(`${path}.tmp`, content);
	await rename(`${path}.tmp`, path);
}

async function ask(url: string, method: string, name: string, body?: object) {
	const response = await fetch(`${url}/_emulator/${name}`, {
		method,
		...(body
			? {
					headers: { "content-type": "application/json" },
					body: JSON.stringify(body),
				}
			: {}),
	});
	if (!response.ok)
		throw new Error(`${method} ${name}: ${await response.text()}`);
	return (await response.json()) as { events: readonly EventLogEntry[] };
}
