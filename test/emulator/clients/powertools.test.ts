// Clients that others wrote, as their users run them: Powertools for AWS Lambda with its renewal of sessions.
import { AppConfigProvider } from "@aws-lambda-powertools/parameters/appconfig";
import { AppConfigDataClient } from "@aws-sdk/client-appconfigdata";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createHarness, type EmulatorHarness } from "../harness.ts";
import { createClient } from "../sdk-service.ts";

afterEach(() => {
	vi.useRealTimers();
});

async function createProvider(harness: EmulatorHarness) {
	const { url } = await harness.emulator.listen({ port: 0 });
	const client = createClient(url);
	onTestFinished(() => client.destroy());
	return new AppConfigProvider({
		application: "shop",
		environment: "test",
		awsSdkV3Client: client,
	});
}

/** Moves the emulator's clock and the client's together; timers and sockets go on. */
function advance(harness: EmulatorHarness, seconds: number): void {
	harness.advance(seconds);
	vi.setSystemTime(harness.now());
}

function sessionsOf(harness: EmulatorHarness): number {
	return harness.emulator.eventLog
		.entries(0)
		.filter(({ event }) => event === "session-started").length;
}

describe("Powertools for AWS Lambda", () => {
	test("reads a configuration, keeps it while unchanged, and sees a new one", async () => {
		const harness = createHarness({ "shop/test/settings.json": '{"v": 1}' });
		const provider = await createProvider(harness);
		const get = () =>
			provider.get("settings", { transform: "json", forceFetch: true });
		expect(await get()).toEqual({ v: 1 });
		harness.advance(60);
		expect(await get()).toEqual({ v: 1 });
		harness.writeFile("shop/test/settings.json", '{"v": 2}');
		harness.advance(60);
		expect(await get()).toEqual({ v: 2 });
	});

	test("renews its session before a day is over, and never meets an expired token", async () => {
		vi.useFakeTimers({ toFake: ["Date"] });
		const harness = createHarness(
			{ "shop/test/settings.json": '{"v": 1}' },
			{ testing: true },
		);
		vi.setSystemTime(harness.now());
		const provider = await createProvider(harness);
		const get = () =>
			provider.get("settings", { transform: "json", forceFetch: true });
		expect(await get()).toEqual({ v: 1 });
		for (const hours of [23, 24, 25, 72]) {
			advance(harness, hours * 60 * 60);
			expect(await get()).toEqual({ v: 1 });
		}
		expect(sessionsOf(harness)).toBe(4);
		const refused = harness.emulator.eventLog
			.entries(0)
			.filter(({ event }) => event === "token-refused");
		expect(refused).toEqual([]);
	});
});

describe("The AWS SDK for JavaScript", () => {
	test("tries again after throttling and after an internal error, with the same token", async () => {
		const harness = createHarness(
			{ "shop/test/settings.json": "1" },
			{ testing: true },
		);
		const provider = await createProvider(harness);
		harness.emulator.injectFault({
			fault: "throttle",
			operation: "GetLatestConfiguration",
			count: 1,
		});
		harness.emulator.injectFault({
			fault: "error",
			operation: "StartConfigurationSession",
			count: 1,
		});
		expect(await provider.get("settings", { transform: "json" })).toBe(1);
		expect(sessionsOf(harness)).toBe(1);
	});

	test("finds the emulator by its environment variable", async () => {
		const harness = createHarness({ "shop/test/settings.json": "1" });
		const { url } = await harness.emulator.listen({ port: 0 });
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
