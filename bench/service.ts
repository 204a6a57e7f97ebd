// A minimal AppConfig Data service: the first poll of a session returns a body, the others none.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Service {
	readonly url: string;
	/** When each session was polled (epoch ms), by its number. */
	readonly polls: Map<string, number[]>;
	stop(): void;
}

const BODY = Buffer.from(JSON.stringify({ sale: "spring", limits: [1, 2, 3] }));
/** The length of AWS's tokens. */
const PADDING = "A".repeat(1_100);

export function startService({ intervalSeconds = 60 } = {}): Promise<Service> {
	let count = 0;
	const polls = new Map<string, number[]>();
	const server = createServer((request, response) => {
		request.resume();
		count += 1;
		const known = /configuration_token=(?:first)?A+-(\d+)-/.exec(
			request.url ?? "",
		);
		const session = known?.[1] ?? String(count);
		const token = `${PADDING}-${session}-${count}`;
		if (request.method === "POST") {
			response.writeHead(201, { "content-type": "application/json" });
			response.end(
				JSON.stringify({ InitialConfigurationToken: `first${token}` }),
			);
			return;
		}
		polls.set(session, [...(polls.get(session) ?? []), Date.now()]);
		const isFirst = request.url?.includes("configuration_token=first") ?? false;
		response.writeHead(200, {
			"content-type": "application/json",
			"next-poll-configuration-token": token,
			"next-poll-interval-in-seconds": String(intervalSeconds),
			"content-length": isFirst ? BODY.byteLength : 0,
		});
		response.end(isFirst ? BODY : undefined);
	});
	return new Promise((resolve) => {
		server.listen(0, "127.0.0.1", () => {
			const { port } = server.address() as AddressInfo;
			resolve({
				polls,
				url: `http://127.0.0.1:${port}`,
				stop: () => {
					server.close();
					server.closeAllConnections();
				},
			});
		});
	});
}
