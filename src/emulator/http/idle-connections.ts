// Connections over which nobody speaks any more are closed, by a look at all of them now and then.
import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export interface IdleConnections {
	/** Its client waits for a reply that takes its time: it is not idle until that is sent. */
	keepUntilSent(response: ServerResponse): void;
	/** Closes what has been silent since the look before. */
	look(): void;
}

/** A client that polls once a minute keeps its connection. */
const EVERY_MS = 90_000;

/** Node's own way sets a timer anew at every request, and says so in a header: a twentieth of a whole poll. */
export function closeIdle(server: Server): IdleConnections {
	const traffic = new Map<Socket, number>();
	const waiting = new Set<Socket>();
	server.keepAliveTimeout = 0;
	server.on("connection", (socket) => {
		traffic.set(socket, -1);
		socket.once("close", () => {
			traffic.delete(socket);
			waiting.delete(socket);
		});
	});

	function look(): void {
		for (const [socket, before] of traffic) {
			const bytes = socket.bytesRead + socket.bytesWritten;
			if (bytes === before && !waiting.has(socket)) socket.destroy();
			else traffic.set(socket, bytes);
		}
	}

	const timer = setInterval(look, EVERY_MS).unref();
	server.once("close", () => clearInterval(timer));
	return {
		look,
		keepUntilSent(response) {
			const { socket } = response;
			if (!socket) return;
			waiting.add(socket);
			response.once("close", () => waiting.delete(socket));
		},
	};
}
