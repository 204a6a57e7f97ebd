import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	appendVersion as appendTo,
	type History,
	MAX_HISTORY_BYTES,
	MAX_VERSIONS,
	type ReceivedConfiguration,
	type Version,
} from "../../../src/core/history/history.ts";

function received(hash: string, size = 10): ReceivedConfiguration {
	return { hash, size, contentType: "text/plain", label: undefined };
}

function append(
	history: History,
	next: ReceivedConfiguration | undefined,
	now: number,
	isReadable = true,
) {
	return appendTo(history, next, { now, isReadable });
}

function historyOf(versions: readonly Version[]) {
	return { versions, lastNumber: versions[0]?.number ?? 0 };
}

function grow(contents: readonly ReceivedConfiguration[]): readonly Version[] {
	return contents.reduce<readonly Version[]>(
		(versions, next, index) =>
			append(historyOf(versions), next, index).versions,
		[],
	);
}

describe("the history of a profile", () => {
	it("takes the latest label and content type of the same bytes", () => {
		const [first] = grow([received("a")]);
		const { versions, added } = append(
			historyOf(first ? [first] : []),
			{ ...received("a"), label: "v1.1", contentType: "application/json" },
			99,
		);
		expect(added).toBeUndefined();
		expect(versions).toEqual([
			{
				...first,
				label: "v1.1",
				contentType: "application/json",
				confirmedAt: 99,
			},
		]);
	});

	it("stores lost bytes of the newest version again under the same number", () => {
		const versions = grow([received("a"), received("b")]);
		const again = append(historyOf(versions), received("b"), 99, false);
		expect(again.added).toBeUndefined();
		expect(again.stored).toMatchObject({ number: 2, restoredAt: 99 });
		expect(again.change).toEqual({ version: again.stored, evicted: [] });
		expect(again.versions).toEqual([again.stored, versions[1]]);
	});

	it("stays empty when the first reply is 'unchanged'", () => {
		expect(append(historyOf([]), undefined, 5)).toEqual({
			versions: [],
		});
	});

	it("uses application/octet-stream for content without a type", () => {
		const { added } = append(
			historyOf([]),
			{ ...received("a"), contentType: undefined },
			0,
		);
		expect(added?.contentType).toBe("application/octet-stream");
	});

	it("never uses a number twice, even after its version was deleted", () => {
		const lost = { versions: [], lastNumber: 7 };
		expect(append(lost, received("a"), 0).added?.number).toBe(8);
	});

	it("drops the oldest beyond 50 versions, but never a pinned one", () => {
		const versions = grow(
			Array.from({ length: MAX_VERSIONS }, (_, i) => received(`h${i}`)),
		).map((version) => ({ ...version, pinned: version.number <= 2 }));
		const next = append(historyOf(versions), received("new"), 0);
		expect(next.versions).toHaveLength(MAX_VERSIONS);
		expect(next.change?.evicted).toEqual([3]);
	});

	it("drops the oldest beyond 64 MB, but never the newest", () => {
		const half = grow([
			received("a", MAX_HISTORY_BYTES / 2),
			received("b", MAX_HISTORY_BYTES / 2),
		]);
		expect(
			append(historyOf(half), received("c", 1), 0).change?.evicted,
		).toEqual([1]);
		expect(
			append(historyOf(half), received("c", MAX_HISTORY_BYTES * 2), 0).change
				?.evicted,
		).toEqual([2, 1]);
		expect(
			append(historyOf(half), received("c", MAX_HISTORY_BYTES * 2), 0).versions,
		).toHaveLength(1);
	});

	it("keeps its limits and order for any sequence of contents", () => {
		const content = fc.record({
			hash: fc.constantFrom("a", "b", "c", "d"),
			size: fc.integer({ min: 1, max: MAX_HISTORY_BYTES }),
		});
		fc.assert(
			fc.property(fc.array(content, { maxLength: 200 }), (contents) => {
				const versions = grow(
					contents.map(({ hash, size }) => received(hash, size)),
				);
				const bytes = versions.reduce((sum, { size }) => sum + size, 0);
				expect(versions.length).toBeLessThanOrEqual(MAX_VERSIONS);
				expect(bytes <= MAX_HISTORY_BYTES || versions.length === 1).toBe(true);
				for (const [i, version] of versions.entries()) {
					const older = versions[i + 1];
					if (older) expect(version.number).toBe(older.number + 1);
				}
				expect(versions[0]?.hash).toBe(contents.at(-1)?.hash);
			}),
		);
	});
});
