// A clock that is set back: intervals go on as if nothing had happened, and what was deployed stays deployed.
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createAdjustableClock } from "../../src/emulator/shared/clock.ts";
import {
	createHarness,
	type EmulatorHarness,
	nextPoll,
	poll,
	startPolling,
	startSession,
	toBody,
	toText,
} from "./harness.ts";

const FILES = { "shop/test/settings.json": '{"v": 1}' };
const HOUR = 3600;

/** An emulator that goes by the machine's clock, of which time passes as the test says. */
function createMachine(): {
	desk: EmulatorHarness;
	pass: (seconds: number) => void;
	set: (seconds: number) => void;
} {
	vi.useFakeTimers({ toFake: ["Date", "performance"] });
	onTestFinished(() => void vi.useRealTimers());
	let wall = Date.UTC(2026, 0, 15, 12);
	vi.setSystemTime(wall);
	const runtime = createHarness(FILES, {
		clock: undefined as never,
		settleMs: 0,
	});
	return {
		desk: runtime,
		pass(seconds) {
			wall += seconds * 1000;
			vi.advanceTimersByTime(seconds * 1000);
		},
		set(seconds) {
			wall += seconds * 1000;
			vi.setSystemTime(wall);
		},
	};
}

async function statusAndToken(runtime: EmulatorHarness, token: string) {
	const reply = await poll(runtime, token);
	return {
		status: reply.status,
		token: reply.header("Next-Poll-Configuration-Token") ?? token,
	};
}

describe("With the machine's clock set back", () => {
	test.each([1, 30, 59, 90, HOUR, 400 * 24 * HOUR])(
		"by %i s between two polls, the next one is due when it was",
		async (back) => {
			const { desk: runtime, pass, set } = createMachine();
			let { token } = await statusAndToken(
				runtime,
				await startSession(runtime),
			);
			for (let times = 0; times < 3; times += 1) {
				pass(20);
				set(-back);
				pass(39);
				expect(await statusAndToken(runtime, token)).toMatchObject({
					status: 400,
				});
				pass(1);
				const next = await statusAndToken(runtime, token);
				expect(next.status).toBe(200);
				token = next.token;
			}
		},
	);

	test("set ahead, it has the clock's time, as a machine that slept", async () => {
		const { desk: runtime, set } = createMachine();
		const { token } = await statusAndToken(
			runtime,
			await startSession(runtime),
		);
		set(60);
		expect(await statusAndToken(runtime, token)).toMatchObject({ status: 200 });
	});
});

describe("With the emulator's clock set back", () => {
	test.each([-30, -HOUR])(
		"by /_emulator/clock, sessions go on, and its time is the one that was set: %i s",
		async (advanceSeconds) => {
			const runtime = createHarness(FILES, { testing: true });
			const before = runtime.now();
			const token = await startPolling(runtime);
			const reply = await runtime.request({
				method: "POST",
				url: "/_emulator/clock",
				body: toBody({ advanceSeconds }),
			});
			expect(JSON.parse(toText(reply.body)).now).toBe(
				before + (60 + advanceSeconds) * 1000,
			);
			expect(await statusAndToken(runtime, token)).toMatchObject({
				status: 400,
			});
			expect(await nextPoll(runtime, token)).toMatchObject({ status: 200 });
		},
	);

	test.each([-1, 8100 * 365])(
		"by a test, it stays within the years that HTTP dates can name (%i days)",
		async (days) => {
			const runtime = createHarness(FILES, {
				testing: true,
				clock: () => 1000,
			});
			const move = (advanceSeconds: number) =>
				runtime.request({
					method: "POST",
					url: "/_emulator/clock",
					body: toBody({ advanceSeconds }),
				});
			let left = days * 24 * 3600;
			let status = 200;
			while (left !== 0 && status === 200) {
				const step = Math.sign(left) * Math.min(Math.abs(left), 3_000_000_000);
				status = (await move(step)).status;
				left -= step;
			}
			expect(status).toBe(400);
			const reply = await runtime.request({ url: "/applications" });
			expect(reply.header("Date")).toMatch(/ \d{4} [\d:]+ GMT$/);
		},
	);

	test("behind its back, sessions go on", async () => {
		const runtime = createHarness(FILES);
		const token = await startPolling(runtime);
		runtime.advance(-HOUR);
		const next = await nextPoll(runtime, token);
		expect(next.status).toBe(200);
		expect((await nextPoll(runtime, next.token)).status).toBe(200);
	});

	test("behind its back, what was deployed, stopped or removed stays so, and new sessions get it", async () => {
		const runtime = createHarness(FILES);
		await startPolling(runtime);
		runtime.writeFile("shop/test/settings.json", '{"v": 2}');
		runtime.advance(-HOUR);
		const fresh = await nextPoll(runtime, await startSession(runtime));
		expect(fresh).toMatchObject({ status: 200, text: '{"v": 2}' });
		runtime.advance(-2 * HOUR);
		const later = await nextPoll(runtime, await startSession(runtime));
		expect(later).toMatchObject({ status: 200, text: '{"v": 2}' });
	});

	test("does not use up the rates of --throttle", async () => {
		const runtime = createHarness(FILES, { throttle: true });
		await startSession(runtime);
		runtime.advance(-HOUR);
		await expect(startSession(runtime)).resolves.toContain("AYAD");
	});
});

test("A steady clock passes over the imprecision of two clocks read one after the other", () => {
	let wall = 1_000_000;
	let elapsed = 0;
	const { monotonic } = createAdjustableClock({
		wall: () => wall,
		elapsed: () => elapsed,
	});
	for (let times = 0; times < 1000; times += 1) {
		elapsed += 10.9;
		wall += 10;
		expect(monotonic()).toBe(wall);
	}
	wall -= 5000;
	expect(monotonic()).toBe(wall + 5000);
});
