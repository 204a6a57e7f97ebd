import {
	mkdirSync,
	mkdtempSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import {
	createEmulator,
	type Emulator,
	type EmulatorOptions,
} from "../../src/emulator/emulator.ts";
import type { HttpRequest, Reply } from "../../src/emulator/http/messages.ts";
import type { Log } from "../../src/emulator/shared/log.ts";

export interface EmulatorHarness {
	readonly emulator: Emulator;
	readonly directory: string;
	/** Lines of the log. */
	readonly events: string[];
	readonly errors: string[];
	/** Replaces the file atomically. */
	writeFile(path: string, content: string | Uint8Array): void;
	removeFile(path: string): void;
	advance(seconds: number): void;
	now(): number;
	request(
		request: Partial<HttpRequest> & { readonly url: string },
	): Promise<Reply & { header(name: string): string | undefined }>;
}

export const NOON = Date.UTC(2026, 0, 15, 12, 0, 0);

export function createHarness(
	files: Record<string, string | Uint8Array> = {},
	options: Partial<EmulatorOptions> = {},
): EmulatorHarness {
	const directory = mkdtempSync(join(tmpdir(), "emulator-"));
	const writeFile = (path: string, content: string | Uint8Array) => {
		const target = join(directory, path);
		mkdirSync(dirname(target), { recursive: true });
		writeFileSync(`${target}.tmp`, content);
		renameSync(`${target}.tmp`, target);
	};
	for (const [path, content] of Object.entries(files)) writeFile(path, content);
	let time = NOON;
	const events: string[] = [];
	const errors: string[] = [];
	const log: Log = {
		request() {},
		event: (text) => events.push(text),
		error: (text) => errors.push(text),
	};
	const emulator = createEmulator({
		directory,
		clock: () => time,
		settleMs: 5,
		log,
		...options,
	});
	onTestFinished(async () => {
		await emulator.close();
		rmSync(directory, { recursive: true, force: true });
	});
	return {
		emulator,
		directory,
		events,
		errors,
		writeFile,
		removeFile: (path) => rmSync(join(directory, path)),
		advance: (seconds) => {
			time += seconds * 1000;
		},
		now: () => time,
		async request(request) {
			const reply = await emulator.handle({
				method: "GET",
				// As every SDK declares it.
				headers: request.body ? { "content-type": "application/json" } : {},
				...request,
				body: request.body ?? new Uint8Array(0),
			});
			return { ...reply, header: (name) => headerOf(reply, name) };
		},
	};
}

export function headerOf(reply: Reply, name: string): string | undefined {
	const at = reply.headers.findIndex(
		(text, index) =>
			index % 2 === 0 && text.toLowerCase() === name.toLowerCase(),
	);
	return at === -1 ? undefined : reply.headers[at + 1];
}

export function toBody(value: unknown): Uint8Array {
	return new TextEncoder().encode(JSON.stringify(value));
}

export function toText(body: Uint8Array | string): string {
	return Buffer.from(body).toString("utf8");
}

export const SETTINGS = {
	ApplicationIdentifier: "shop",
	EnvironmentIdentifier: "test",
	ConfigurationProfileIdentifier: "settings",
};

/** Returns the initial token of a new session. */
export async function startSession(
	harness: EmulatorHarness,
	input: Record<string, unknown> = SETTINGS,
): Promise<string> {
	const reply = await harness.request({
		method: "POST",
		url: "/configurationsessions",
		headers: { "content-type": "application/json" },
		body: toBody(input),
	});
	if (reply.status !== 201) throw new Error(toText(reply.body));
	const { InitialConfigurationToken } = JSON.parse(toText(reply.body));
	return String(InitialConfigurationToken);
}

export function poll(
	harness: EmulatorHarness,
	token: string,
	headers: HttpRequest["headers"] = {},
) {
	return harness.request({
		headers,
		url: `/configuration?configuration_token=${encodeURIComponent(token)}`,
	});
}

/** Advances the clock by a minute and polls. */
export async function nextPoll(harness: EmulatorHarness, token: string) {
	harness.advance(60);
	const reply = await poll(harness, token);
	return {
		status: reply.status,
		text: toText(reply.body),
		label: reply.header("Version-Label"),
		type: reply.header("Content-Type"),
		token: reply.header("Next-Poll-Configuration-Token") ?? token,
	};
}

/** Returns the token of a session that received the current version. */
export async function startPolling(
	harness: EmulatorHarness,
	profile = "settings",
): Promise<string> {
	const token = await startSession(harness, {
		ApplicationIdentifier: "shop",
		EnvironmentIdentifier: "test",
		ConfigurationProfileIdentifier: profile,
	});
	return (await nextPoll(harness, token)).token;
}

/** Sends text over a socket and returns all bytes until the server closes it. */
export function sendRaw(port: number, text: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, "127.0.0.1", () => socket.write(text));
		let answer = "";
		socket.on("data", (chunk) => {
			answer += chunk;
		});
		socket.on("close", () => resolve(answer));
		socket.on("error", reject);
	});
}
