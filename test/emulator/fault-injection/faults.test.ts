import { get, type IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { DEFAULT_PRINCIPALS } from "../../../src/emulator/auth/policy.ts";
import {
	type FaultName,
	type FaultRule,
	parseFault,
	parseScenario,
} from "../../../src/emulator/fault-injection/faults.ts";
import { createHarness, NOON, startSession } from "../harness.ts";

const CONTENT = JSON.stringify({ text: "x".repeat(200) });

async function startWithFault(rule: FaultRule) {
	const harness = createHarness(
		{ "shop/test/settings.json": CONTENT },
		{ testing: true },
	);
	const token = encodeURIComponent(await startSession(harness));
	harness.emulator.injectFault(rule);
	const { url } = await harness.emulator.listen({ port: 0 });
	return {
		address: `${url}/configuration?configuration_token=${token}`,
		harness: harness,
	};
}

function receive(
	address: string,
): Promise<{ message: IncomingMessage; body: string; broken: boolean }> {
	return new Promise((resolve, reject) => {
		get(address, { maxHeaderSize: 1_000_000 }, (message) => {
			let body = "";
			message.on("data", (chunk) => {
				body += chunk;
			});
			message.on("close", () =>
				resolve({ message, body, broken: !message.complete }),
			);
			message.on("error", () => {
				// `complete` is false then.
			});
		}).on("error", reject);
	});
}

async function receiveWithFault(rule: FaultRule) {
	return receive((await startWithFault(rule)).address);
}

describe("A fault", () => {
	test.each([
		["throttle", 429, "ThrottlingException"],
		["error", 500, "InternalServerException"],
		["html", 502, "<h1>502 Bad Gateway</h1>"],
		["corrupted-token", 400, '"Corrupted"'],
		["expired-token", 400, '"Expired"'],
	] as const)("%s returns %i", async (fault, status, text) => {
		const { message, body } = await receiveWithFault({ fault });
		expect(message.statusCode).toBe(status);
		expect(body + message.headers["x-amzn-errortype"]).toContain(text);
	});

	test.each([
		{ fault: "delay", milliseconds: 5 },
		{ fault: "slow", bytesPerSecond: 4000 },
	] as const)("%j delivers the whole body", async (rule) => {
		const { body } = await receiveWithFault(rule);
		expect(body).toBe(CONTENT);
	});

	test("cut closes the connection during the body", async () => {
		const { body, broken } = await receiveWithFault({
			fault: "cut",
			bytes: 10,
		});
		expect(body).toBe(CONTENT.slice(0, 10));
		expect(broken).toBe(true);
	});

	test("gzip-bomb decompresses to far more than it transfers", async () => {
		const { address } = await startWithFault({
			fault: "gzip-bomb",
			bytes: 5_000_000,
		});
		const raw = await receive(address);
		expect(raw.message.headers["content-encoding"]).toBe("gzip");
		expect(raw.body.length).toBeLessThan(50_000);
	});

	test("redirect leads to another host", async () => {
		const { message } = await receiveWithFault({ fault: "redirect" });
		expect(message.statusCode).toBe(307);
		expect(message.headers.location).toMatch(
			/^http:\/\/elsewhere\.invalid\/configuration\?/,
		);
	});

	test("no-next-token, bad-next-token and wrong-content-type change one header", async () => {
		const header = async (fault: FaultName, name: string) =>
			(await receiveWithFault({ fault })).message.headers[name];
		const token = "next-poll-configuration-token";
		expect(await header("no-next-token", token)).toBeUndefined();
		expect(await header("wrong-content-type", "content-type")).toBe(
			"text/html",
		);
		const { address, harness } = await startWithFault({
			fault: "bad-next-token",
		});
		const { message } = await receive(address);
		harness.advance(60);
		const reply = await harness.request({
			url: `/configuration?configuration_token=${encodeURIComponent(String(message.headers[token]))}`,
		});
		expect(reply.status).toBe(400);
	});

	test("duplicate-headers and huge-headers add headers", async () => {
		const twice = await receiveWithFault({ fault: "duplicate-headers" });
		const names = twice.message.rawHeaders.filter(
			(text) => text === "Next-Poll-Configuration-Token",
		);
		expect(names).toHaveLength(2);
		const huge = await receiveWithFault({
			fault: "huge-headers",
			bytes: 100_000,
		});
		expect(huge.message.headers["x-huge"]).toHaveLength(100_000);
	});

	test("clock-off changes the Date header and refuses signatures with the right time", async () => {
		const { message } = await receiveWithFault({ fault: "clock-off" });
		expect(message.headers.date).toBe("Thu, 15 Jan 2026 12:20:00 GMT");
		const harness = createHarness(
			{ "shop/test/settings.json": CONTENT },
			{ testing: true, principals: DEFAULT_PRINCIPALS },
		);
		harness.emulator.injectFault({ fault: "clock-off" });
		const reply = await harness.request({
			url: "/configuration",
			headers: { "x-amz-date": "20260115T120000Z" },
		});
		expect(reply.header("x-amzn-ErrorType")).toBe("InvalidSignatureException");
		expect(reply.header("Date")).toBe(
			new Date(NOON + 20 * 60_000).toUTCString(),
		);
	});

	test("with a probability applies to the same requests for the same seed", async () => {
		const run = async (seed: number) => {
			const harness = createHarness({}, { testing: true });
			harness.emulator.injectFault({
				fault: "throttle",
				probability: 0.3,
				seed,
			});
			const statuses: number[] = [];
			for (let call = 0; call < 100; call++)
				statuses.push(
					(await harness.request({ url: "/configuration" })).status,
				);
			return statuses;
		};
		const statuses = await run(7);
		expect(await run(7)).toEqual(statuses);
		expect(await run(8)).not.toEqual(statuses);
		const throttled = statuses.filter((status) => status === 429).length;
		expect(throttled).toBeGreaterThan(15);
		expect(throttled).toBeLessThan(45);
	});

	test("skips the requested number of requests of its profile", async () => {
		const harness = createHarness(
			{ "shop/test/settings.json": "1", "shop/test/other.json": "1" },
			{ testing: true },
		);
		harness.emulator.injectFault({
			fault: "error",
			profile: "other",
			after: 1,
		});
		const start = (profile: string) =>
			startSession(harness, {
				ApplicationIdentifier: "shop",
				EnvironmentIdentifier: "test",
				ConfigurationProfileIdentifier: profile,
			});
		await start("settings");
		await start("other");
		await expect(start("other")).rejects.toThrow("Internal");
		await start("settings");
	});
});

describe("A scenario", () => {
	test("is a list of faults, or an object with that list", () => {
		const rules = [{ fault: "throttle", count: 2 }];
		expect(parseScenario(JSON.stringify(rules))).toEqual(rules);
		expect(parseScenario(JSON.stringify({ faults: rules }))).toEqual(rules);
	});

	test.each([
		["{", "not JSON"],
		["{}", '{"faults": [...]}'],
		['[{"fault": "x"}]', 'faults[0]: "fault" must be one of throttle'],
		['[{"fault": "cut", "bytes": "x"}]', '"bytes" must be a number'],
		['[{"fault": "cut", "bytes": -1}]', "must not be negative"],
		['[{"fault": "gzip-bomb", "bytes": 1e12}]', "must be at most 1000000000"],
		[
			'[{"fault": "delay", "milliseconds": 1e300}]',
			"must be at most 2147483647",
		],
		['[{"fault": "redirect", "location": "/here"}]', "must be a URL such as"],
		['[{"fault": "redirect", "location": "::"}]', "must be a URL such as"],
		['[{"fault": "cut", "constructor": 1}]', "no property"],
	])("%s is refused: %s", (text, message) => {
		expect(() => parseScenario(text)).toThrow(message);
	});

	test("a fault must be an object", () => {
		expect(parseFault("throttle")).toBe("A fault must be a JSON object");
	});
});
