import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	MAX_HISTORY_BYTES,
	MAX_VERSIONS,
	type Version,
} from "../../../src/core/history/history.ts";
import {
	MAX_IMPORTED_NUMBER,
	type MergeResult,
	mergeHistory,
} from "../../../src/core/history/merge-history.ts";

function version(
	number: number,
	hash: string,
	more: Partial<Version> = {},
): Version {
	return {
		number,
		hash,
		contentType: "text/plain",
		size: 10,
		receivedAt: number * 1_000,
		confirmedAt: number * 1_000,
		pinned: false,
		...more,
	};
}

/** `4c 3b`: numbers and hashes, newest first. */
function words({ placed }: MergeResult): string {
	return placed
		.map(({ version: { number, hash } }) => `${number}${hash}`)
		.join(" ");
}

describe("imported versions", () => {
	it("exported from this history come back under their own numbers", () => {
		const merged = mergeHistory({ versions: [version(3, "c")], isLive: true }, [
			version(1, "a"),
			version(2, "b"),
			version(3, "c"),
		]);
		expect(words(merged)).toBe("3c 2b 1a");
		expect(merged).toMatchObject({ known: 1, left: 0 });
	});

	it("come below the live version, which gets a number above theirs", () => {
		const live = version(1, "c", { receivedAt: 9_000 });
		const merged = mergeHistory({ versions: [live], isLive: true }, [
			version(1, "a"),
			version(2, "b"),
			version(3, "c"),
			version(4, "d", { receivedAt: 99_000 }),
		]);
		expect(words(merged)).toBe("5c 4d 2b 1a");
		expect(merged.placed[0]).toMatchObject({ from: 1, isAdded: false });
	});

	it("may be the newest when none here is live", () => {
		const merged = mergeHistory(
			{ versions: [version(1, "a")], isLive: false },
			[version(2, "b")],
		);
		expect(words(merged)).toBe("2b 1a");
	});

	it("come between those received before and after them", () => {
		const here = [version(4, "d"), version(1, "a")];
		const merged = mergeHistory({ versions: here, isLive: true }, [
			version(2, "b"),
			version(3, "c"),
		]);
		expect(words(merged)).toBe("4d 3c 2b 1a");
	});

	it("with the same bytes are one version when consecutive, else two", () => {
		const merged = mergeHistory({ versions: [], isLive: true }, [
			version(1, "a"),
			version(2, "a"),
			version(3, "b"),
			version(4, "a"),
		]);
		expect(words(merged)).toBe("4a 3b 1a");
		expect(merged.known).toBe(1);
	});

	it("pass their note and pin on to the same bytes here, and never remove a note", () => {
		const merged = mergeHistory(
			{
				versions: [version(2, "b", { note: "mine" }), version(1, "a")],
				isLive: true,
			},
			[
				version(1, "a", { note: "theirs", pinned: true }),
				version(2, "b", { note: "theirs" }),
			],
		);
		expect(merged.placed.map((one) => one.version)).toEqual([
			version(2, "b", { note: "mine" }),
			version(1, "a", { note: "theirs", pinned: true }),
		]);
	});

	it("fill the room that is left, pinned ones first, and drop no existing version", () => {
		const here = Array.from({ length: MAX_VERSIONS - 2 }, (_, i) =>
			version(100 - i, `h${i}`),
		);
		const merged = mergeHistory({ versions: here, isLive: true }, [
			version(1, "a", { pinned: true }),
			version(2, "b"),
			version(3, "c"),
		]);
		expect(merged.left).toBe(1);
		expect(words(merged)).toMatch(/ 3c 1a$/);
		expect(merged.placed).toHaveLength(MAX_VERSIONS);
	});

	it("with too high numbers are renumbered in their order", () => {
		const highest = Number.MAX_SAFE_INTEGER;
		const incoming = [
			version(highest - 1, "a", { receivedAt: 1 }),
			version(highest, "b", { receivedAt: 2 }),
		];
		const empty = mergeHistory({ versions: [], isLive: false }, incoming);
		expect(words(empty)).toBe("2b 1a");
		const live = version(7, "c", { receivedAt: 9 });
		expect(
			words(mergeHistory({ versions: [live], isLive: true }, incoming)),
		).toBe("7c 2b 1a");
		const old = version(7, "c", { receivedAt: 0 });
		expect(
			words(mergeHistory({ versions: [old], isLive: false }, incoming)),
		).toBe("9b 8a 7c");
		const most = MAX_IMPORTED_NUMBER;
		expect(
			words(
				mergeHistory({ versions: [], isLive: false }, [
					version(most, "a", { receivedAt: 1 }),
					version(most + 1, "b", { receivedAt: 2 }),
				]),
			),
		).toBe(`${most + 1}b ${most}a`);
	});

	it("keep all orders and limits for any input", () => {
		const any = fc.record({
			number: fc.integer({ min: 1, max: 30 }),
			hash: fc.constantFrom(..."abcdefghij"),
			size: fc.integer({ min: 1, max: MAX_HISTORY_BYTES >> 2 }),
			receivedAt: fc.integer({ min: 0, max: 50_000 }),
			pinned: fc.boolean(),
		});
		const list = fc
			.array(any, { maxLength: 60 })
			.map((all) => all.map((one) => version(one.number, one.hash, one)));
		fc.assert(
			fc.property(list, list, (first, second) => {
				const { placed: before } = mergeHistory(
					{ versions: [], isLive: true },
					first,
				);
				const here = before.map((one) => one.version);
				const { placed, known, left } = mergeHistory(
					{ versions: here, isLive: true },
					second,
				);
				const numbers = placed.map((one) => one.version.number);
				expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => b - a));
				expect(
					placed.filter((one) => !one.isAdded).map(({ from }) => from),
				).toEqual(here.map(({ number }) => number));
				const bytes = placed.reduce((sum, one) => sum + one.version.size, 0);
				expect(bytes).toBeLessThanOrEqual(MAX_HISTORY_BYTES);
				expect(placed.length).toBeLessThanOrEqual(MAX_VERSIONS);
				expect(placed.length - here.length + known + left).toBe(second.length);
				if (here[0]) expect(placed[0]?.version.hash).toBe(here[0].hash);
			}),
		);
	});
});
