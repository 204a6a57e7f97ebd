// The servers under test: the emulator, bare node:http and three frameworks, each in a process of its own.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { BODIES, type Kind, toHeaders } from "./sample.ts";

export const SERVERS = [
	"emulator",
	"node:http",
	"fastify",
	"hono",
	"express",
] as const;
export type ServerName = (typeof SERVERS)[number];

/** Resolves with its port. */
export function startServer(name: ServerName, kind: Kind): Promise<number> {
	return STARTERS[name](kind);
}

/** Connections idle while the other servers have their turn. */
const REST_MS = 60_000;

const STARTERS: Record<ServerName, (kind: Kind) => Promise<number>> = {
	async emulator(kind) {
		const directory = mkdtempSync(join(tmpdir(), "bench-"));
		mkdirSync(join(directory, "shop/test"), { recursive: true });
		writeFileSync(join(directory, "shop/test/settings.json"), content(kind));
		const emulator = createEmulator({
			directory,
			pollIntervalSeconds: 0,
			// Reusing the first token makes every poll return the whole content.
			tokenMode: kind === "unchanged" ? "strict" : "replay",
		});
		return (await emulator.listen({ port: 0 })).port;
	},
	"node:http": (kind) => {
		const headers = toHeaders(kind);
		const body = BODIES[kind];
		const server = createServer((_, response) => {
			response.writeHead(200, headers);
			if (body.length === 0) response.end();
			else response.end(body);
		});
		server.keepAliveTimeout = REST_MS;
		return new Promise((resolve) => {
			server.listen(0, "127.0.0.1", () => resolve(portOf(server.address())));
		});
	},
	async fastify(kind) {
		const headers = toObject(kind);
		const body = BODIES[kind];
		const app = Fastify();
		app.get("/configuration", (_, reply) => {
			reply.headers(headers).send(body);
		});
		await app.listen({ port: 0, host: "127.0.0.1" });
		return portOf(app.server.address());
	},
	hono: (kind) => {
		const headers = toObject(kind);
		const body = new Uint8Array(BODIES[kind]);
		const app = new Hono();
		app.get("/configuration", (context) => context.body(body, 200, headers));
		return new Promise((resolve) => {
			serve(
				{
					fetch: app.fetch,
					port: 0,
					hostname: "127.0.0.1",
					serverOptions: { keepAliveTimeout: REST_MS },
				},
				({ port }) => resolve(port),
			);
		});
	},
	express: (kind) => {
		const headers = toObject(kind);
		const body = BODIES[kind];
		const app = express();
		app.disable("etag");
		app.get("/configuration", (_, response) => {
			response.set(headers).send(body);
		});
		return new Promise((resolve) => {
			const server = app.listen(0, "127.0.0.1", () =>
				resolve(portOf(server.address())),
			);
			server.keepAliveTimeout = REST_MS;
		});
	},
};

/** The emulator needs content for a poll to find it unchanged. */
function content(kind: Kind): Buffer {
	return kind === "unchanged" ? Buffer.from("{}") : BODIES[kind];
}

function toObject(kind: Kind): Record<string, string> {
	const headers = toHeaders(kind);
	return Object.fromEntries(
		headers.flatMap((name, index) =>
			index % 2 === 0 ? [[name, headers[index + 1] ?? ""]] : [],
		),
	);
}

function portOf(address: unknown): number {
	if (typeof address === "object" && address !== null && "port" in address)
		return Number(address.port);
	throw new Error("The server has no port");
}
