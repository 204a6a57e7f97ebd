// Clients that others wrote, as their users run them: Powertools for AWS Lambda with its renewal of sessions.
import { AppConfigProvider } from "@aws-lambda-powertools/parameters/appconfig";
import { AppConfigDataClient } from "@aws-sdk/client-appconfigdata";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createDesk, type Desk } from "./harness.ts";
import { createClient } from "./sdk-service.ts";

afterEach(() => {
	vi.useRealTimers();
});

async function createProvider(desk: Desk) {
	const { url } = await desk.emulator.listen({ port: 0 });
	const client = createClient(url);
	onTestFinished(() => client.destroy());
	return new AppConfigProvider({
		application: "shop",
		environment: "test",
		awsSdkV3Client: client,
	});
}

/** Moves the emulator's clock and the client's together; timers and sockets go on. */
function advance(desk: Desk, seconds: number): void {
	desk.advance(seconds);
	vi.setSystemTime(desk.now());
}

function sessionsOf(desk: Desk): number {
	return desk.emulator.ledger
		.entries(0)
		.filter(({ event }) => event === "session-started").length;
}

describe("Powertools for AWS Lambda", () => {
	test("reads a configuration, keeps it while unchanged, and sees a new one", async () => {
		const desk = createDesk({ "shop/test/settings.json": '{"v": 1}' });
		const provider = await createProvider(desk);
		const get = () =>
			provider.get("settings", { transform: "json", forceFetch: true });
		expect(await get()).toEqual({ v: 1 });
		desk.advance(60);
		expect(await get()).toEqual({ v: 1 });
		desk.put("shop/test/settings.json", '{"v": 2}');
		desk.advance(60);
		expect(await get()).toEqual({ v: 2 });
	});

	test("renews its session before a day is over, and never meets an expired token", async () => {
		vi.useFakeTimers({ toFake: ["Date"] });
		const desk = createDesk(
			{ "shop/test/settings.json": '{"v": 1}' },
			{ testing: true },
		);
		vi.setSystemTime(desk.now());
		const provider = await createProvider(desk);
		const get = () =>
			provider.get("settings", { transform: "json", forceFetch: true });
		expect(await get()).toEqual({ v: 1 });
		for (const hours of [23, 24, 25, 72]) {
			advance(desk, hours * 60 * 60);
			expect(await get()).toEqual({ v: 1 });
		}
		expect(sessionsOf(desk)).toBe(4);
		const refused = desk.emulator.ledger
			.entries(0)
			.filter(({ event }) => event === "token-refused");
		expect(refused).toEqual([]);
	});
});

describe("The AWS SDK for JavaScript", () => {
	test("tries again after throttling and after an internal error, with the same token", async () => {
		const desk = createDesk(
			{ "shop/test/settings.json": "1" },
			{ testing: true },
		);
		const provider = await createProvider(desk);
		desk.emulator.inject({
			fault: "throttle",
			operation: "GetLatestConfiguration",
			count: 1,
		});
		desk.emulator.inject({
			fault: "error",
			operation: "StartConfigurationSession",
			count: 1,
		});
		expect(await provider.get("settings", { transform: "json" })).toBe(1);
		expect(sessionsOf(desk)).toBe(1);
	});

	test("finds the emulator by its environment variable", async () => {
		const desk = createDesk({ "shop/test/settings.json": "1" });
		const { url } = await desk.emulator.listen({ port: 0 });
		vi.stubEnv("AWS_ENDPOINT_URL_APPCONFIGDATA", url);
		onTestFinished(() => void vi.unstubAllEnvs());
		const provider = new AppConfigProvider({
			application: "shop",
			environment: "test",
			awsSdkV3Client: new AppConfigDataClient({
				region: "eu-west-1",
				credentials: { accessKeyId: "test", secretAccessKey: "test" },
			}),
		});
		expect(await provider.get("settings", { transform: "json" })).toBe(1);
	});
});
