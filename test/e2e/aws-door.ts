// The address of the mock AWS: fixed for as long as a browser runs; each test connects its own AWS behind it.
import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { PlayedHost } from "./extension.ts";

export interface AwsDoor {
	readonly played: readonly PlayedHost[];
	/** Who answers from now on. */
	open(listener: RequestListener): void;
	/** Ends every connection; whoever comes now is turned away. */
	shut(): void;
	close(): Promise<void>;
}

export async function createAwsDoor(
	hosts: readonly string[],
): Promise<AwsDoor> {
	const turnAway: RequestListener = (request) => request.socket.destroy();
	let answer = turnAway;
	const server = createServer(
		{ key: fixture("key.pem"), cert: fixture("cert.pem") },
		(request, response) => answer(request, response),
	);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	function shut(): void {
		answer = turnAway;
		server.closeAllConnections();
	}
	return {
		played: hosts.map((host) => ({ host, port })),
		open: (listener) => {
			answer = listener;
		},
		shut,
		close: () =>
			new Promise<void>((resolve) => {
				shut();
				server.close(() => resolve());
			}),
	};
}

function fixture(name: string): Buffer {
	return readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url));
}
