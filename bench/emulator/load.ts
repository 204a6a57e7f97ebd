// Keep-alive clients over bare sockets, at full speed or at a given rate. They may read the next token and send it.
import { connect, type Socket } from "node:net";
import { TOKEN } from "./sample.ts";
import { createTimes, type Times } from "./times.ts";

export interface Load {
	readonly milliseconds: number;
	/** Requests per second over all connections. Absent: as many as possible. */
	readonly rate?: number;
}

export interface Outcome {
	readonly requests: number;
	readonly perSecond: number;
	readonly times: Times;
}

export interface Clients {
	drive(load: Load): Promise<Outcome>;
	close(): void;
}

export interface Connecting {
	readonly port: number;
	readonly connections: number;
	/** Whether each request sends the token of the reply before. */
	readonly followsTokens: boolean;
}

/** All are connected and have a session before the clock starts. */
export async function openClients(connecting: Connecting): Promise<Clients> {
	const clients = await Promise.all(
		Array.from({ length: connecting.connections }, () =>
			openClient(connecting),
		),
	);
	return {
		drive: (load) => drive(clients, load),
		close() {
			for (const { socket } of clients) socket.destroy();
		},
	};
}

async function drive(clients: readonly Client[], load: Load): Promise<Outcome> {
	const times = createTimes();
	const startedAt = performance.now();
	const until = startedAt + load.milliseconds;
	const connections = clients.length;
	await Promise.all(
		clients.map((client, index) =>
			run(client, { load, times, until, index, connections }),
		),
	);
	const seconds = (performance.now() - startedAt) / 1000;
	const requests = times.count();
	return { requests, perSecond: requests / seconds, times };
}

interface Client {
	readonly socket: Socket;
	poll(): Promise<void>;
}

interface Run {
	readonly load: Load;
	readonly times: Times;
	readonly until: number;
	readonly index: number;
	readonly connections: number;
}

async function run(
	client: Client,
	{ load, times, until, index, connections }: Run,
): Promise<void> {
	const { rate } = load;
	const gap = rate === undefined ? 0 : (1000 * connections) / rate;
	let dueAt = performance.now() + (gap * index) / connections;
	while (performance.now() < until) {
		if (gap > 0) await waitUntil(dueAt);
		// A reply's time counts from when its request was due, not from when it was sent (coordinated omission).
		const from = gap > 0 ? dueAt : performance.now();
		await client.poll();
		times.add(performance.now() - from);
		dueAt += gap;
	}
}

function waitUntil(at: number): Promise<void> | undefined {
	const rest = at - performance.now();
	if (rest <= 0) return undefined;
	return new Promise((resolve) => {
		if (rest > 2) setTimeout(resolve, rest - 1);
		else setImmediate(() => resolve(waitUntil(at)));
	});
}

async function openClient({
	port,
	followsTokens,
}: Connecting): Promise<Client> {
	const socket = connect(port, "127.0.0.1");
	socket.setNoDelay(true);
	await new Promise((resolve, reject) => {
		socket.once("connect", resolve);
		socket.once("error", reject);
	});
	let token = encodeToken(await startSession(port));
	const replies = readReplies(socket);
	return {
		socket,
		async poll() {
			socket.write(toRequest(port, token));
			const head = await replies.next();
			if (!head.startsWith("HTTP/1.1 200"))
				throw new Error(`Not served: ${head.slice(0, 300)}`);
			const next = headerOf(head, "next-poll-configuration-token");
			if (followsTokens) token = encodeToken(next);
		},
	};
}

/** Servers without sessions are given a token of the same shape. */
async function startSession(port: number): Promise<string> {
	const reply = await fetch(`http://127.0.0.1:${port}/configurationsessions`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({
			ApplicationIdentifier: "shop",
			EnvironmentIdentifier: "test",
			ConfigurationProfileIdentifier: "settings",
		}),
	});
	if (reply.status !== 201) return TOKEN;
	const { InitialConfigurationToken } = (await reply.json()) as {
		InitialConfigurationToken: string;
	};
	return InitialConfigurationToken;
}

/** Cheaper than encodeURIComponent, so that the clients' cost does not hide the servers'. */
function encodeToken(token: string): string {
	return token.replace(/[+/=]/g, (character) =>
		character === "+" ? "%2B" : character === "/" ? "%2F" : "%3D",
	);
}

/** The headers that the AWS SDK for JavaScript sends. */
function toRequest(port: number, token: string): string {
	return `GET /configuration?configuration_token=${token} HTTP/1.1\r
host: 127.0.0.1:${port}\r
x-amz-user-agent: aws-sdk-js/3.1169.0\r
user-agent: aws-sdk-js/3.1169.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#20.20.2 api/appconfigdata#3.1169.0\r
amz-sdk-invocation-id: a8db1e15-7ecd-4241-a458-a4f6dec3996b\r
amz-sdk-request: attempt=1; max=3\r
x-amz-date: 20260115T120000Z\r
x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\r
authorization: AWS4-HMAC-SHA256 Credential=test/20260115/eu-west-1/appconfig/aws4_request, SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;host;x-amz-content-sha256;x-amz-date;x-amz-user-agent, Signature=0000000000000000000000000000000000000000000000000000000000000000\r
connection: keep-alive\r
\r
`;
}

function readReplies(socket: Socket): { next(): Promise<string> } {
	let head = "";
	let bodyLeft = -1;
	let resolve: (head: string) => void = () => {};
	let reject: (error: Error) => void = () => {};
	socket.on("error", (error) => reject(error));
	socket.on("close", () => reject(new Error("The connection was closed")));
	socket.on("data", (chunk) => {
		if (bodyLeft >= 0) bodyLeft -= chunk.length;
		else {
			head += chunk.toString("latin1");
			const end = head.indexOf("\r\n\r\n");
			if (end === -1) return;
			const rest = head.length - end - 4;
			head = head.slice(0, end);
			bodyLeft = Number(headerOf(head, "content-length")) - rest;
		}
		if (bodyLeft > 0) return;
		const whole = head;
		head = "";
		bodyLeft = -1;
		resolve(whole);
	});
	return {
		next: () =>
			new Promise((done, failed) => {
				resolve = done;
				reject = failed;
			}),
	};
}

function headerOf(head: string, name: string): string {
	const pattern =
		PATTERNS.get(name) ?? new RegExp(`\r\n${name}: ([^\r]*)`, "i");
	PATTERNS.set(name, pattern);
	return pattern.exec(head)?.[1] ?? "";
}

const PATTERNS = new Map<string, RegExp>();
