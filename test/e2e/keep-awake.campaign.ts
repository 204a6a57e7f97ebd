// A configuration that takes longer than the 30 s after which browsers end an idle worker. Watched from outside, since a debugger would keep it awake.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { launchRaw } from "../../scripts/browser/cdp-browser.ts";
import { findBrowser } from "../../scripts/browser/find.ts";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import { SNAPSHOT_SCHEMA } from "../../src/core/protocol/snapshot.ts";
import { expect, test } from "./test.ts";

/** A byte each second. */
const SECONDS = 75;

test("a body that takes 75 seconds arrives in one call, with no view open", async () => {
	const service = await startSlowService();
	const browser = await launchRaw(await findBrowser());
	try {
		const stage = await browser.openPage(extensionUrl("manifest.json"));
		await expect
			.poll(() => browser.evaluate(stage, "typeof chrome?.runtime?.connect"))
			.toBe("function");
		await browser.evaluate(stage, saveProfile(service.url));
		await expect.poll(() => service.polls.length).toBe(1);
		await browser.closePage(stage);
		await expect
			.poll(() => service.polls, { timeout: (SECONDS + 30) * 1_000 })
			.toEqual(["whole"]);
		// Stored, and shown by whoever opens next, without another call.
		const view = await browser.openPage(extensionUrl("manifest.json"));
		await expect
			.poll(() => browser.evaluate(view, readSizes()))
			.toEqual([SECONDS]);
		expect(service.polls).toEqual(["whole"]);
		expect(service.sessions).toBe(1);
	} finally {
		await browser.close();
		service.close();
	}
});

/** AppConfig Data with one configuration, whose body comes a byte a second. */
async function startSlowService() {
	/** Each poll: under way, whole, or given up by the client. */
	const polls: ("under way" | "whole" | "given up")[] = [];
	const state = { sessions: 0 };
	const server = createServer((request, response) => {
		if (request.method === "POST") {
			state.sessions += 1;
			response.writeHead(201, { "content-type": "application/json" });
			response.end(JSON.stringify({ InitialConfigurationToken: "first" }));
			return;
		}
		const index = polls.push("under way") - 1;
		response.writeHead(200, {
			"content-type": "text/plain",
			"next-poll-configuration-token": "second",
			"next-poll-interval-in-seconds": 300,
		});
		let sent = 0;
		const timer = setInterval(() => {
			response.write("x");
			sent += 1;
			if (sent === SECONDS) response.end();
		}, 1_000);
		response.on("close", () => {
			clearInterval(timer);
			polls[index] = response.writableFinished ? "whole" : "given up";
		});
	});
	await new Promise<void>((resolve) =>
		server.listen(0, "127.0.0.1", () => resolve()),
	);
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		polls,
		get sessions() {
			return state.sessions;
		},
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

function saveProfile(endpoint: string): string {
	const profile = {
		name: "slow",
		application: "shop",
		environment: "test",
		configurationProfile: "slow",
		region: "us-east-1",
		endpoint,
		minimumPollIntervalSeconds: 300,
	};
	const input = { profile };
	return onPort(
		`{ type: "command", call: 1, name: "saveProfile", input: ${JSON.stringify(input)} }`,
		'message.type === "reply" ? message.value : undefined',
	);
}

/** Of the versions of the one profile, newest first. */
function readSizes(): string {
	return onPort(
		`{ type: "hello", schema: ${SNAPSHOT_SCHEMA} }`,
		'message.type === "snapshot" ? message.snapshot.profiles[0].versions.map(({ size }) => size) : undefined',
	);
}

/** The wire, as text: pages of this browser are spoken to without Playwright. */
function onPort(request: string, answer: string): string {
	return `new Promise((resolve) => {
		const port = chrome.runtime.connect({ name: "view" });
		port.onMessage.addListener((message) => {
			const found = ${answer};
			if (found === undefined) return;
			port.disconnect();
			resolve(found);
		});
		port.postMessage(${request});
	})`;
}
