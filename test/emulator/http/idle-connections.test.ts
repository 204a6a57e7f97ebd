// Which connections are closed because nobody speaks over them.
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { closeIdle } from "../../../src/emulator/http/idle-connections.ts";

const REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

async function open() {
	const held: ServerResponse[] = [];
	const server = createServer((request, response) => {
		if (request.url === "/") return void response.end("now");
		idle.keepUntilSent(response);
		held.push(response);
	});
	const idle = closeIdle(server);
	await new Promise<void>((resolve) => {
		server.listen(0, "127.0.0.1", resolve);
	});
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const { port } = server.address() as AddressInfo;
	const socket = connect(port, "127.0.0.1");
	const send = async (text: string, event: "data" | "never" = "data") => {
		socket.write(text);
		if (event === "data") await once(socket, "data");
	};
	return { server, socket, idle, held, send };
}

test("A connection that is silent from one look to the next is closed", async () => {
	const { socket, idle, send } = await open();
	await send(REQUEST);
	idle.look();
	await send(REQUEST);
	idle.look();
	await send(REQUEST);
	idle.look();
	idle.look();
	await once(socket, "close");
});

test("A connection over which nothing was ever said is closed, too", async () => {
	const { server, socket, idle } = await open();
	await once(server, "connection");
	idle.look();
	idle.look();
	await once(socket, "close");
});

test("A client that waits for its reply is not cut off", async () => {
	const { server, socket, idle, held, send } = await open();
	const asked = once(server, "request");
	await send(REQUEST.replace("/", "/later"), "never");
	await asked;
	for (let look = 0; look < 5; look += 1) idle.look();
	const answered = once(socket, "data");
	held[0]?.end("later");
	expect(String((await answered)[0])).toContain("later");
	await send(REQUEST);
	idle.look();
	idle.look();
	await once(socket, "close");
});
