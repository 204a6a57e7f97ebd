// The worker is stopped in the middle of a poll, again and again: no token is sent twice, nothing is lost, nothing is there twice.
import { stopWorker } from "../../scripts/browser/worker.ts";
import { addProfile, expect, test, versions } from "./test.ts";
import type { LedgerEntry, TestEmulator } from "./test-emulator.ts";

const STOPS = 25;

test("the worker stopped 25 times in the middle of a poll loses nothing and asks nothing twice", async ({
	emulator,
	extension,
}) => {
	test.setTimeout(300_000);
	await addProfile({ emulator, extension }, "banner.txt", "version 1");
	const popup = await extension.openPopup();
	await expect(versions(popup)).toHaveCount(1);
	// A reply takes its time, so that there is a middle to stop in.
	await emulator.addFault({
		fault: "delay",
		operation: "GetLatestConfiguration",
		milliseconds: 150,
	});
	for (let stop = 1; stop <= STOPS; stop += 1) {
		const { length } = await emulator.ledger();
		await emulator.deploy("shop/test/banner.txt", `version ${stop + 1}`);
		await accepted(emulator, length);
		await stopWorker(extension.stage);
		// The open popup wakes it again; the version on its way when it was stopped still arrives.
		await expect(versions(popup)).toHaveCount(stop + 1);
	}
	const ledger = await emulator.ledger();
	expect(repeated(ledger, "token-accepted")).toEqual([]);
	expect(ledger.filter(({ event }) => event === "too-early")).toEqual([]);
	expect(ledger.filter(({ event }) => event === "token-refused")).toEqual([]);
	await expect(versions(popup)).toHaveCount(STOPS + 1);
});

/** Resolves once a token was accepted after the ledger's first `length` entries: a poll is in its middle. */
async function accepted(emulator: TestEmulator, length: number): Promise<void> {
	await expect
		.poll(
			async () =>
				(await emulator.ledger())
					.slice(length)
					.some(({ event }) => event === "token-accepted"),
			{ intervals: [20] },
		)
		.toBe(true);
}

function repeated(
	ledger: readonly LedgerEntry[],
	event: string,
): readonly string[] {
	const tokens = ledger
		.filter((entry) => entry.event === event)
		.map(({ token }) => token ?? "");
	return tokens.filter((token, index) => tokens.indexOf(token) !== index);
}
