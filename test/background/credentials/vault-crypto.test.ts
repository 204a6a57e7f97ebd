import { beforeAll, describe, expect, it, vi } from "vitest";
import {
	open,
	parseSealed,
	reseal,
	type SealedVault,
	seal,
	toVaultKey,
	unseal,
	type VaultKey,
} from "../../../src/background/credentials/vault-crypto.ts";
import { times } from "../../helpers/effort.ts";
import { createRandom } from "../../helpers/seeded-random.ts";

const PASSPHRASE = "correct horse battery staple";
const CANARY = "wJalrCanarySecret/K7MDENG";
const MUTATIONS = times(1_000, 10_000);

let sealed: SealedVault;
let key: VaultKey;

beforeAll(async () => {
	({ sealed, key } = await seal(PASSPHRASE, CANARY));
});

describe("a sealed vault", () => {
	it("opens with its passphrase, in any Unicode normalization", async () => {
		expect(await unseal(sealed, PASSPHRASE)).toMatchObject({
			ok: true,
			value: { data: CANARY },
		});
		const made = await seal("caf\u00e9 au lait, please", CANARY);
		expect(
			await unseal(made.sealed, "cafe\u0301 au lait, please"),
		).toMatchObject({ ok: true });
	});

	it("does not open with another passphrase", async () => {
		expect(await unseal(sealed, `${PASSPHRASE} `)).toEqual({
			ok: false,
			error: "not-opened",
		});
	});

	it("contains neither its data nor its key as text", () => {
		const text = JSON.stringify(sealed);
		expect(text).not.toContain(CANARY);
		expect(text).not.toContain(key.raw);
	});

	it("is rewritten without the passphrase, and opens with it", async () => {
		const again = await reseal(sealed, await toVaultKey(key.raw), "other");
		expect(again.header.sequence).toBe(2);
		expect(await unseal(again, PASSPHRASE)).toMatchObject({
			value: { data: "other" },
		});
	});

	it.each([1, 10_000, 599_999, 10_000_001, 1e12, Number.NaN])(
		"that demands %s iterations is not tried",
		(iterations) => {
			const header = { ...sealed.header, iterations };
			expect(parseSealed({ ...sealed, header })).toBeUndefined();
		},
	);

	it(`is refused after each of ${MUTATIONS} changes of one character`, async () => {
		const derive = await rememberDerivation();
		const random = createRandom(7);
		const text = JSON.stringify(sealed);
		let refused = 0;
		for (let round = 0; round < MUTATIONS; round += 1) {
			const at = Math.floor(random() * text.length);
			const char = String.fromCharCode(33 + Math.floor(random() * 94));
			const changed = text.slice(0, at) + char + text.slice(at + 1);
			if (changed === text || !(await opens(changed))) refused += 1;
		}
		derive.mockRestore();
		expect(refused).toBe(MUTATIONS);
	});
});

it("is refused when it is cut, or has parts of another vault", async () => {
	const other = await seal(PASSPHRASE, "another secret");
	const text = JSON.stringify(sealed);
	for (const length of [0, 1, text.length >> 1, text.length - 1])
		expect(await opens(text.slice(0, length))).toBe(false);
	for (const part of ["header", "wrapIv", "wrappedKey", "iv", "data"] as const)
		expect(
			await opens(JSON.stringify({ ...sealed, [part]: other.sealed[part] })),
		).toBe(false);
});

async function opens(text: string): Promise<boolean> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return false;
	}
	const parsed = parseSealed(value);
	if (!parsed) return false;
	if ((await unseal(parsed, PASSPHRASE)).ok) return true;
	// With the key of a restarted worker, which does not read the wrapped key.
	const same = {
		...parsed,
		wrapIv: sealed.wrapIv,
		wrappedKey: sealed.wrappedKey,
	};
	return (
		JSON.stringify(same) !== JSON.stringify(sealed) &&
		(await open(parsed, key)) !== undefined
	);
}

/** A derivation takes a third of a second: the right key is derived once, other passphrases get another key at once. */
async function rememberDerivation() {
	const real = crypto.subtle.deriveKey.bind(crypto.subtle);
	const right = new Map<string, Promise<CryptoKey>>();
	const other = await crypto.subtle.generateKey(
		{ name: "AES-GCM", length: 256 },
		false,
		["encrypt", "decrypt"],
	);
	const { salt, iterations } = sealed.header;
	return vi
		.spyOn(crypto.subtle, "deriveKey")
		.mockImplementation((...args: Parameters<typeof real>) => {
			const given = args[0] as unknown as {
				salt: Uint8Array;
				iterations: number;
			};
			const text = btoa(String.fromCharCode(...given.salt));
			if (text !== salt || given.iterations !== iterations)
				return Promise.resolve(other);
			const known = right.get(text) ?? real(...args);
			right.set(text, known);
			return known;
		});
}
