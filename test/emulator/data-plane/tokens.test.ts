import { describe, expect, test } from "vitest";
import { createTokens } from "../../../src/emulator/data-plane/tokens.ts";

const NOW = 1_700_000_000_123.5;
const DAY = 24 * 60 * 60 * 1000;
const GRANT = {
	session: 7,
	isInitial: false,
	issuedAt: NOW,
	intervalSeconds: 60,
	configurationId: 4_294_967_295,
	versionId: 9,
};

function create(mode: "strict" | "replay", clock = () => NOW) {
	return createTokens({ clock, mode });
}

describe.each(["strict", "replay"] as const)("A token (%s)", (mode) => {
	test("is found again in this process, and with no bit changed", () => {
		const tokens = create(mode);
		const token = tokens.issue(GRANT);
		const find = (text: string) => tokens.find(encodeURIComponent(text));
		expect(create(mode).find(encodeURIComponent(token))).toBeUndefined();
		expect(find(token)).toMatchObject(GRANT);
		const bytes = Buffer.from(token, "base64");
		expect(bytes.toString("base64")).toBe(token);
		for (let bit = 0; bit < bytes.length * 8; bit++) {
			const flipped = Buffer.from(bytes);
			flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			expect(find(flipped.toString("base64"))).toBeUndefined();
		}
		expect(find(`${token}=`)).toBeUndefined();
		expect(find(token.slice(0, -1))).toBeUndefined();
		expect(find(token)).toMatchObject(GRANT);
	});

	test("has the shape of an AWS token", () => {
		const token = create(mode).issue(GRANT);
		expect(token).toHaveLength(1108);
		expect(token).toMatch(/^AYADe[A-Za-z0-9+/]*\+[A-Za-z0-9+/]*=$/);
		expect(token).toContain("/");
	});

	test("may be percent-encoded more or less than necessary", () => {
		const tokens = create(mode);
		const token = tokens.issue(GRANT);
		const usual = encodeURIComponent(token);
		for (const encoded of [
			usual.replaceAll("%2B", "%2b"),
			usual.replaceAll("%2F", "/").replaceAll("%3D", "="),
			[...token].map((c) => `%${c.charCodeAt(0).toString(16)}`).join(""),
		])
			expect(tokens.find(encoded)).toMatchObject(GRANT);
		for (const broken of ["", "%", "%2", "AYAD", "\ud800", `${usual}%`, token])
			expect(tokens.find(broken)).toBeUndefined();
	});

	test("shares no part of its secret with other tokens", () => {
		const tokens = create(mode);
		const [a = "", b = ""] = [1, 2].map(() => tokens.issue(GRANT).slice(8, 40));
		const same = [...a].filter((character, at) => character === b[at]);
		// Two random hexadecimal digits are equal once in 16 times; here are 32 pairs.
		expect(same.length).toBeLessThan(16);
	});

	test("is remembered for its life, at most two, when others are issued", () => {
		let now = NOW;
		const tokens = create(mode, () => now);
		const token = encodeURIComponent(tokens.issue(GRANT));
		now += DAY;
		tokens.issue(GRANT);
		expect(tokens.find(token)).toMatchObject(GRANT);
		if (mode === "replay") return;
		now += DAY;
		tokens.issue(GRANT);
		expect(tokens.find(token)).toBeUndefined();
	});
});

test("A strict token is good for one use", () => {
	const tokens = create("strict");
	const encoded = encodeURIComponent(tokens.issue(GRANT));
	const token = tokens.find(encoded);
	if (!token) throw new Error("The token is not found");
	expect(tokens.use(token)).toBe(true);
	expect(tokens.use(token)).toBe(false);
	expect(tokens.find(encoded)).toBeUndefined();
});

test("A strict token of the day before is good for one use", () => {
	let now = NOW;
	const tokens = create("strict", () => now);
	const encoded = encodeURIComponent(tokens.issue(GRANT));
	now += DAY;
	tokens.issue(GRANT);
	const token = tokens.find(encoded);
	if (!token) throw new Error("The token is not found");
	expect(tokens.use(token)).toBe(true);
	expect(tokens.find(encoded)).toBeUndefined();
});

test("Replay keeps the tokens in use when 100,000 others are issued", () => {
	const tokens = create("replay");
	const used = encodeURIComponent(tokens.issue(GRANT));
	const unused = encodeURIComponent(tokens.issue(GRANT));
	for (let count = 0; count < 100_000; count++) {
		tokens.issue(GRANT);
		if (count % 10_000 === 0) expect(tokens.find(used)).toMatchObject(GRANT);
	}
	expect(tokens.find(used)).toMatchObject(GRANT);
	expect(tokens.find(unused)).toBeUndefined();
});
