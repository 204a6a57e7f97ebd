// The only thing kept about an open session: how many of its calls were accepted, four bytes each.
import type { Clock } from "../shared/clock.ts";

export const TOKEN_LIFE_MS = 24 * 60 * 60 * 1000;

export interface Sessions {
	open(): number;
	/** The sequence of the one token this session may use now; undefined when the session is long gone. */
	expected(session: number): number | undefined;
	accept(session: number, now: number): void;
	count(): number;
}

interface Block {
	readonly accepted: Uint32Array;
	touchedAt: number;
}

const BLOCK = 1024;

export function createSessions(clock: Clock): Sessions {
	const blocks = new Map<number, Block>();
	let next = 1;

	function forget(): void {
		const before = clock() - TOKEN_LIFE_MS;
		for (const [index, block] of blocks)
			if (block.touchedAt < before) blocks.delete(index);
	}

	return {
		open() {
			const session = next++;
			const index = Math.floor(session / BLOCK);
			const block = blocks.get(index);
			if (block) block.touchedAt = clock();
			else {
				forget();
				const accepted = new Uint32Array(BLOCK);
				blocks.set(index, { accepted, touchedAt: clock() });
			}
			return session;
		},
		expected: (session) =>
			blocks.get(Math.floor(session / BLOCK))?.accepted[session % BLOCK],
		accept(session, now) {
			const block = blocks.get(Math.floor(session / BLOCK));
			if (!block) return;
			const at = session % BLOCK;
			block.accepted[at] = (block.accepted[at] ?? 0) + 1;
			block.touchedAt = now;
		},
		count: () => next - 1,
	};
}
