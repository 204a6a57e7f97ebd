import { AppConfigProvider } from "@aws-lambda-powertools/parameters/appconfig";
import { AppConfigDataClient } from "@aws-sdk/client-appconfigdata";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createHarness, type EmulatorHarness } from "../harness.ts";
import { createDataPlaneClient } from "../sdk-service.ts";

afterEach(() => {
	vi.useRealTimers();
});

async function createProvider(harness: EmulatorHarness) {
	const { url } = await harness.emulator.listen({ port: 0 });
	const client = createDataPlaneClient(url);
	onTestFinished(() => client.destroy());
	return new AppConfigProvider({
		application: "shop",
		environment: "test",
		awsSdkV3Client: client,
	});
}

/** Advances the clocks of the emulator and of the client. Timers and sockets run on. */
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
	test("reads a configuration, caches it while unchanged, and reads a new version", async () => {
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

	test("opens a new session within a day, before its token expires", async () => {
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
	test("retries after throttling and after an internal error, with the same token", async () => {
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

	test("uses the endpoint in its environment variable", async () => {
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
