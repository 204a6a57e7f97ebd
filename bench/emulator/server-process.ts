// Runs servers in child processes of this benchmark and reads their processor time.
import { type ChildProcess, fork } from "node:child_process";
import type { Kind } from "./sample.ts";
import { type ServerName, startServer } from "./servers.ts";

export interface Running {
	readonly port: number;
	/** Microseconds of processor time since the last call. */
	cpu(): Promise<number>;
	stop(): void;
}

const ROLE = "APPCONFIG_BENCH_ROLE";

/** In a child process: runs as the server it was started for, and returns true. */
export async function runAsServer(): Promise<boolean> {
	const role = process.env[ROLE];
	if (role === undefined) return false;
	const [name, kind] = JSON.parse(role) as [ServerName, Kind];
	let before = process.cpuUsage();
	process.on("message", () => {
		const { user, system } = process.cpuUsage(before);
		before = process.cpuUsage();
		process.send?.({ cpu: user + system });
	});
	process.send?.({ port: await startServer(name, kind) });
	return true;
}

export async function run(
	file: string,
	name: ServerName,
	kind: Kind,
): Promise<Running> {
	const child = fork(file, [], {
		env: { ...process.env, [ROLE]: JSON.stringify([name, kind]) },
	});
	const { port = 0 } = await nextMessage(child);
	return {
		port,
		async cpu() {
			const answer = nextMessage(child);
			child.send("cpu");
			return (await answer).cpu ?? Number.NaN;
		},
		stop: () => void child.kill(),
	};
}

function nextMessage(
	child: ChildProcess,
): Promise<{ port?: number; cpu?: number }> {
	return new Promise((resolve, reject) => {
		const ended = () => reject(new Error("A server has ended"));
		child.once("exit", ended);
		child.once("message", (message) => {
			child.off("exit", ended);
			resolve(message as { port?: number });
		});
	});
}
