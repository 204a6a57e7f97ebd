import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createAdjustableClock } from "../../../src/emulator/shared/clock.ts";
import {
	createHarness,
	type EmulatorHarness,
	nextPoll,
	poll,
	startPolling,
	startSession,
	toBody,
	toText,
} from "../harness.ts";

const FILES = { "shop/test/settings.json": '{"v": 1}' };
const HOUR = 3600;

/** An emulator that goes by the machine's clock, of which time passes as the test says. */
function createMachine(): {
	harness: EmulatorHarness;
	pass: (seconds: number) => void;
	set: (seconds: number) => void;
} {
	vi.useFakeTimers({ toFake: ["Date", "performance"] });
	onTestFinished(() => void vi.useRealTimers());
	let wall = Date.UTC(2026, 0, 15, 12);
	vi.setSystemTime(wall);
	const harness = createHarness(FILES, {
		clock: undefined as never,
		settleMs: 0,
	});
	return {
		harness: harness,
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

async function statusAndToken(harness: EmulatorHarness, token: string) {
	const reply = await poll(harness, token);
	return {
		status: reply.status,
		token: reply.header("Next-Poll-Configuration-Token") ?? token,
	};
}

describe("When the system clock is set back", () => {
	test.each([1, 30, 59, 90, HOUR, 400 * 24 * HOUR])(
		"by %i s between two polls, the next poll is due at the same time",
		async (back) => {
			const { harness, pass, set } = createMachine();
			let { token } = await statusAndToken(
				harness,
				await startSession(harness),
			);
			for (let times = 0; times < 3; times += 1) {
				pass(20);
				set(-back);
				pass(39);
				expect(await statusAndToken(harness, token)).toMatchObject({
					status: 400,
				});
				pass(1);
				const next = await statusAndToken(harness, token);
				expect(next.status).toBe(200);
				token = next.token;
			}
		},
	);

	test("set ahead, as after sleep, polls are due by the new time", async () => {
		const { harness, set } = createMachine();
		const { token } = await statusAndToken(
			harness,
			await startSession(harness),
		);
		set(60);
		expect(await statusAndToken(harness, token)).toMatchObject({ status: 200 });
	});
});

describe("When the emulator's clock is set back", () => {
	test.each([-30, -HOUR])(
		"by %i s through /_emulator/clock, sessions continue, and Date is the time that was set",
		async (advanceSeconds) => {
			const harness = createHarness(FILES, { testing: true });
			const before = harness.now();
			const token = await startPolling(harness);
			const reply = await harness.request({
				method: "POST",
				url: "/_emulator/clock",
				body: toBody({ advanceSeconds }),
			});
			expect(JSON.parse(toText(reply.body)).now).toBe(
				before + (60 + advanceSeconds) * 1000,
			);
			expect(await statusAndToken(harness, token)).toMatchObject({
				status: 400,
			});
			expect(await nextPoll(harness, token)).toMatchObject({ status: 200 });
		},
	);

	test.each([-1, 8100 * 365])(
		"by a test, it stays within the years of HTTP dates (%i days)",
		async (days) => {
			const harness = createHarness(FILES, {
				testing: true,
				clock: () => 1000,
			});
			const move = (advanceSeconds: number) =>
				harness.request({
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
			const reply = await harness.request({ url: "/applications" });
			expect(reply.header("Date")).toMatch(/ \d{4} [\d:]+ GMT$/);
		},
	);

	test("without notice, sessions continue", async () => {
		const harness = createHarness(FILES);
		const token = await startPolling(harness);
		harness.advance(-HOUR);
		const next = await nextPoll(harness, token);
		expect(next.status).toBe(200);
		expect((await nextPoll(harness, next.token)).status).toBe(200);
	});

	test("without notice, deployed configurations stay deployed, also for new sessions", async () => {
		const harness = createHarness(FILES);
		await startPolling(harness);
		harness.writeFile("shop/test/settings.json", '{"v": 2}');
		harness.advance(-HOUR);
		const fresh = await nextPoll(harness, await startSession(harness));
		expect(fresh).toMatchObject({ status: 200, text: '{"v": 2}' });
		harness.advance(-2 * HOUR);
		const later = await nextPoll(harness, await startSession(harness));
		expect(later).toMatchObject({ status: 200, text: '{"v": 2}' });
	});

	test("the rates of --throttle are not used up", async () => {
		const harness = createHarness(FILES, { throttle: true });
		await startSession(harness);
		harness.advance(-HOUR);
		await expect(startSession(harness)).resolves.toContain("AYAD");
	});
});

test("The monotonic clock tolerates the imprecision of two clocks that are read one after the other", () => {
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
