// Both kinds of tokens: nobody makes one, changes one, or learns from one.
import { describe, expect, test } from "vitest";
import { createTickets } from "../../src/emulator/data-plane/single-use-tokens.ts";
import { createSealedTokens } from "../../src/emulator/data-plane/stateless-tokens.ts";

const STATE = {
	session: 7,
	sequence: 3,
	issuedAt: 1_700_000_000_123.5,
	intervalSeconds: 60,
	target: 4_294_967_295,
	version: 9,
};
const DAY = 24 * 60 * 60 * 1000;

const now = () => STATE.issuedAt;

describe.each([
	["A ticket", () => createTickets(now)],
	["A sealed token", createSealedTokens],
] as const)("%s", (_, create) => {
	test("counts with every bit, in this process only", () => {
		const tokens = create();
		const token = tokens.issue(STATE);
		const open = (text: string) => tokens.openEncoded(encodeURIComponent(text));
		expect(create().openEncoded(encodeURIComponent(token))).toBeUndefined();
		// What was opened before is remembered, and must not make its likes welcome.
		expect(open(token)).toEqual(STATE);
		const bytes = Buffer.from(token, "base64");
		expect(bytes.toString("base64")).toBe(token);
		for (let bit = 0; bit < bytes.length * 8; bit++) {
			const flipped = Buffer.from(bytes);
			flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			expect(open(flipped.toString("base64"))).toBeUndefined();
		}
		expect(open(`${token}=`)).toBeUndefined();
		expect(open(token.slice(0, -1))).toBeUndefined();
		expect(open(token)).toEqual(STATE);
	});

	test("looks like the service's own", () => {
		const token = create().issue(STATE);
		expect(token).toHaveLength(1108);
		expect(token).toMatch(/^AYADe[A-Za-z0-9+/]*\+[A-Za-z0-9+/]*=$/);
		expect(token).toContain("/");
	});

	test("may be percent-encoded more or less than it need be", () => {
		const tokens = create();
		const token = tokens.issue(STATE);
		const usual = encodeURIComponent(token);
		for (const encoded of [
			usual.replaceAll("%2B", "%2b"),
			usual.replaceAll("%2F", "/").replaceAll("%3D", "="),
			[...token].map((c) => `%${c.charCodeAt(0).toString(16)}`).join(""),
		])
			expect(tokens.openEncoded(encoded)).toEqual(STATE);
		for (const broken of ["", "%", "%2", "AYAD", "\ud800", `${usual}%`, token])
			expect(tokens.openEncoded(broken)).toBeUndefined();
	});

	test("tells nothing about how two states differ", () => {
		const tokens = create();
		const [a, b] = [1, 2].map((sequence) =>
			tokens.issue({ ...STATE, sequence }).slice(12, 32),
		);
		const same = [...(a ?? "")].filter(
			(character, at) => character === b?.[at],
		);
		// By chance one in 64 is.
		expect(same.length).toBeLessThan(8);
	});
});

describe("A ticket", () => {
	test("that was used is known as such, one before it is not", () => {
		const tickets = createTickets(now);
		const [first, second, third] = [0, 1, 2].map((sequence) =>
			encodeURIComponent(tickets.issue({ ...STATE, sequence })),
		);
		expect(tickets.openEncoded(first ?? "")).toBeUndefined();
		expect(tickets.openEncoded(second ?? "")).toMatchObject({ sequence: 1 });
		expect(tickets.openEncoded(third ?? "")).toMatchObject({ sequence: 2 });
	});

	test("of one session is of no use in another, opened or not", () => {
		const tickets = createTickets(now);
		const mine = Buffer.from(tickets.issue(STATE), "base64");
		tickets.issue({ ...STATE, session: 8 });
		for (const session of [0, 8, 9, 1023, 1024, 2 ** 32 - 1]) {
			const forged = Buffer.from(mine);
			forged.writeUInt32LE(session, 4);
			const token = encodeURIComponent(forged.toString("base64"));
			expect(tickets.openEncoded(token)).toBeUndefined();
		}
		const same = encodeURIComponent(mine.toString("base64"));
		expect(tickets.openEncoded(same)).toEqual(STATE);
	});

	test("is remembered for a day after it has expired, then forgotten", () => {
		let time = STATE.issuedAt;
		const tickets = createTickets(() => time);
		const token = encodeURIComponent(tickets.issue(STATE));
		time += 2 * DAY;
		tickets.issue({ ...STATE, session: 1024, issuedAt: time });
		expect(tickets.openEncoded(token)).toEqual(STATE);
		time += 1;
		tickets.issue({ ...STATE, session: 2048, issuedAt: time });
		expect(tickets.openEncoded(token)).toBeUndefined();
	});
});
