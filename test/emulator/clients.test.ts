// Clients that others wrote, as their users run them: Powertools for AWS Lambda with its renewal of sessions.
import { AppConfigProvider } from "@aws-lambda-powertools/parameters/appconfig";
import { AppConfigDataClient } from "@aws-sdk/client-appconfigdata";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createHarness, type EmulatorHarness } from "./harness.ts";
import { createClient } from "./sdk-service.ts";

afterEach(() => {
	vi.useRealTimers();
});

async function createProvider(runtime: EmulatorHarness) {
	const { url } = await runtime.emulator.listen({ port: 0 });
	const client = createClient(url);
	onTestFinished(() => client.destroy());
	return new AppConfigProvider({
		application: "shop",
		environment: "test",
		awsSdkV3Client: client,
	});
}

/** Moves the emulator's clock and the client's together; timers and sockets go on. */
function advance(runtime: EmulatorHarness, seconds: number): void {
	runtime.advance(seconds);
	vi.setSystemTime(runtime.now());
}

function sessionsOf(runtime: EmulatorHarness): number {
	return runtime.emulator.eventLog
		.entries(0)
		.filter(({ event }) => event === "session-started").length;
}

describe("Powertools for AWS Lambda", () => {
	test("reads a configuration, keeps it while unchanged, and sees a new one", async () => {
		const runtime = createHarness({ "shop/test/settings.json": '{"v": 1}' });
		const provider = await createProvider(runtime);
		const get = () =>
			provider.get("settings", { transform: "json", forceFetch: true });
		expect(await get()).toEqual({ v: 1 });
		runtime.advance(60);
		expect(await get()).toEqual({ v: 1 });
		runtime.writeFile("shop/test/settings.json", '{"v": 2}');
		runtime.advance(60);
		expect(await get()).toEqual({ v: 2 });
	});

	test("renews its session before a day is over, and never meets an expired token", async () => {
		vi.useFakeTimers({ toFake: ["Date"] });
		const runtime = createHarness(
			{ "shop/test/settings.json": '{"v": 1}' },
			{ testing: true },
		);
		vi.setSystemTime(runtime.now());
		const provider = await createProvider(runtime);
		const get = () =>
			provider.get("settings", { transform: "json", forceFetch: true });
		expect(await get()).toEqual({ v: 1 });
		for (const hours of [23, 24, 25, 72]) {
			advance(runtime, hours * 60 * 60);
			expect(await get()).toEqual({ v: 1 });
		}
		expect(sessionsOf(runtime)).toBe(4);
		const refused = runtime.emulator.eventLog
			.entries(0)
			.filter(({ event }) => event === "token-refused");
		expect(refused).toEqual([]);
	});
});

describe("The AWS SDK for JavaScript", () => {
	test("tries again after throttling and after an internal error, with the same token", async () => {
		const runtime = createHarness(
			{ "shop/test/settings.json": "1" },
			{ testing: true },
		);
		const provider = await createProvider(runtime);
		runtime.emulator.injectFault({
			fault: "throttle",
			operation: "GetLatestConfiguration",
			count: 1,
		});
		runtime.emulator.injectFault({
			fault: "error",
			operation: "StartConfigurationSession",
			count: 1,
		});
		expect(await provider.get("settings", { transform: "json" })).toBe(1);
		expect(sessionsOf(runtime)).toBe(1);
	});

	test("finds the emulator by its environment variable", async () => {
		const runtime = createHarness({ "shop/test/settings.json": "1" });
		const { url } = await runtime.emulator.listen({ port: 0 });
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
