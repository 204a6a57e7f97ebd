import { stopWorker } from "../../scripts/browser/worker.ts";
import { times } from "../helpers/effort.ts";
import { addProfile, expect, showHistory, test, versions } from "./test.ts";
import type { EventLogEntry } from "./test-emulator.ts";

const STOPS = times(4, 25);
/** One reply, for longer than the worker lives: so the stop that follows is in the middle of a poll. */
const HELD_BACK = {
	fault: "delay",
	operation: "GetLatestConfiguration",
	milliseconds: 20_000,
	count: 1,
};

test("a worker stopped in the middle of a poll loses nothing and sends no token twice", async ({
	emulator,
	extension,
}) => {
	test.setTimeout(300_000);
	await addProfile({ emulator, extension }, "banner.txt", "version 1");
	const popup = await extension.openPopup();
	await showHistory(popup);
	await expect(versions(popup)).toHaveCount(1);
	for (let stop = 1; stop <= STOPS; stop += 1) {
		await emulator.addFault(HELD_BACK);
		await emulator.deploy("shop/test/banner.txt", `version ${stop + 1}`);
		await expect
			.poll(async () => count(await emulator.events(), "fault"), {
				intervals: [20],
			})
			.toBe(stop);
		await stopWorker(extension.stage);
		// The open popup wakes it again, and what was on its way when it was stopped still arrives.
		await expect(versions(popup)).toHaveCount(stop + 1);
	}
	const events = await emulator.events();
	expect(repeated(events, "token-accepted")).toEqual([]);
	for (const trouble of ["too-early", "token-refused"])
		expect(count(events, trouble)).toBe(0);
	// Each stop cost one session, and no more than that.
	expect(count(events, "session-started")).toBe(STOPS + 1);
	await expect(versions(popup)).toHaveCount(STOPS + 1);
});

function count(events: readonly EventLogEntry[], event: string): number {
	return events.filter((entry) => entry.event === event).length;
}

function repeated(
	events: readonly EventLogEntry[],
	event: string,
): readonly string[] {
	const tokens = events
		.filter((entry) => entry.event === event)
		.map(({ token }) => token ?? "");
	return tokens.filter((token, index) => tokens.indexOf(token) !== index);
}
