import * as v from "valibot";
import { err, ok, type Result } from "../../core/shared/result.ts";
import { fromBase64, toBase64 } from "../../storage/byte-encoding.ts";

/**
 * The stored form of a vault: data encrypted with AES-GCM under a random key, and that key encrypted under one that PBKDF2
 * derives from the passphrase. All bytes are in base64.
 */
export interface SealedVault {
	readonly header: Header;
	readonly wrapIv: string;
	readonly wrappedKey: string;
	readonly iv: string;
	readonly data: string;
}

/** Authenticated with the data, and without `version`, `sequence` and `ids` with the key, so that a changed header opens nothing. */
export interface Header {
	/** Version 1, which older releases wrote, has no `ids`. */
	readonly version: 1 | 2;
	readonly kdf: "PBKDF2-SHA256";
	readonly iterations: number;
	readonly salt: string;
	readonly vaultId: string;
	/** Increases with each write; the copy with the highest sequence is the latest. */
	readonly sequence: number;
	/** The connections that the data has secrets of. Readable while the vault is locked. */
	readonly ids?: readonly string[];
}

/** Reads and writes an unlocked vault without its passphrase. */
export interface VaultKey {
	readonly key: CryptoKey;
	/** The key's bytes in base64, for session storage. */
	readonly raw: string;
}

const ITERATIONS = 1_000_000;
/** A tampered record could otherwise demand so few iterations that guessing is cheap, or so many that the browser hangs. */
const ITERATIONS_MIN = 600_000;
const ITERATIONS_MAX = 10_000_000;

/** Canonical base64, in which unused bits are zero: different texts are different bytes. */
const text = v.pipe(v.string(), v.check(isBase64));
const schema = v.strictObject({
	header: v.pipe(
		v.strictObject({
			version: v.picklist([1, 2]),
			kdf: v.literal("PBKDF2-SHA256"),
			iterations: v.pipe(
				v.number(),
				v.integer(),
				v.minValue(ITERATIONS_MIN),
				v.maxValue(ITERATIONS_MAX),
			),
			salt: text,
			vaultId: v.string(),
			sequence: v.pipe(v.number(), v.safeInteger()),
			ids: v.exactOptional(v.array(v.string())),
		}),
		v.check(({ version, ids }) => (version === 2) === (ids !== undefined)),
	),
	wrapIv: text,
	wrappedKey: text,
	iv: text,
	data: text,
});

export function parseSealed(value: unknown): SealedVault | undefined {
	const result = v.safeParse(schema, value);
	return result.success ? result.output : undefined;
}

/** Makes a new vault. Takes about half a second, as guessing a passphrase does. */
export async function seal(
	passphrase: string,
	data: string,
	more: {
		readonly ids?: readonly string[];
		/** The vault that this one replaces, under another passphrase and a new key. */
		readonly before?: SealedVault;
	} = {},
): Promise<{ sealed: SealedVault; key: VaultKey }> {
	const { ids = [], before } = more;
	const rawKey = random(32);
	const header: Header = {
		version: 2,
		kdf: "PBKDF2-SHA256",
		iterations: ITERATIONS,
		salt: toBase64(random(16)),
		vaultId: before?.header.vaultId ?? toBase64(random(16)),
		sequence: (before?.header.sequence ?? 0) + 1,
		ids,
	};
	const outer = await derive(passphrase, header);
	const wrapped = await encrypt(outer, wrapHeader(header), rawKey);
	const key = await importKey(rawKey);
	const sealed = await write(key, header, {
		wrapIv: wrapped.iv,
		wrappedKey: wrapped.data,
		data,
	});
	return { sealed, key: { key, raw: toBase64(rawKey) } };
}

/** Encrypts other contents under the same key. */
export function reseal(
	sealed: SealedVault,
	{ key }: VaultKey,
	data: string,
	ids: readonly string[] = [],
): Promise<SealedVault> {
	const { header, wrapIv, wrappedKey } = sealed;
	const sequence = header.sequence + 1;
	const next: Header = { ...header, version: 2, sequence, ids };
	return write(key, next, { wrapIv, wrappedKey, data });
}

/** A wrong passphrase and a changed record cannot be told apart. */
export async function unseal(
	sealed: SealedVault,
	passphrase: string,
): Promise<Result<{ data: string; key: VaultKey }, "not-opened">> {
	const { header, wrapIv, wrappedKey } = sealed;
	const outer = await derive(passphrase, header);
	const raw = await decrypt(outer, wrapHeader(header), wrapIv, wrappedKey);
	if (!raw) return err("not-opened");
	const key = { key: await importKey(raw), raw: toBase64(raw) };
	const data = await open(sealed, key);
	return data === undefined ? err("not-opened") : ok({ data, key });
}

/** Returns `undefined` if the key is not this vault's, or the record was changed. */
export async function open(
	{ header, iv, data }: SealedVault,
	{ key }: VaultKey,
): Promise<string | undefined> {
	const bytes = await decrypt(key, JSON.stringify(ordered(header)), iv, data);
	return bytes && new TextDecoder().decode(bytes);
}

export async function toVaultKey(raw: string): Promise<VaultKey> {
	return { key: await importKey(fromBase64(raw)), raw };
}

async function write(
	key: CryptoKey,
	header: Header,
	parts: { wrapIv: string; wrappedKey: string; data: string },
): Promise<SealedVault> {
	const { wrapIv, wrappedKey, data } = parts;
	const bytes = new TextEncoder().encode(data);
	const sealed = await encrypt(key, JSON.stringify(ordered(header)), bytes);
	return { header: ordered(header), wrapIv, wrappedKey, ...sealed };
}

// The other members change without the passphrase, so the wrapped key cannot be bound to them.
function wrapHeader(header: Header): string {
	const { ids: _, ...rest } = ordered(header);
	return JSON.stringify({ ...rest, version: 1, sequence: 0 });
}

// A fixed order of members, because the JSON text is authenticated.
function ordered(header: Header): Header {
	const { version, kdf, iterations, salt, vaultId, sequence, ids } = header;
	const known = { version, kdf, iterations, salt, vaultId, sequence };
	return ids ? { ...known, ids } : known;
}

async function derive(passphrase: string, header: Header): Promise<CryptoKey> {
	const material = await crypto.subtle.importKey(
		"raw",
		new TextEncoder().encode(passphrase.normalize("NFKC")),
		"PBKDF2",
		false,
		["deriveKey"],
	);
	const { iterations, salt } = header;
	return crypto.subtle.deriveKey(
		{ name: "PBKDF2", hash: "SHA-256", iterations, salt: fromBase64(salt) },
		material,
		{ name: "AES-GCM", length: 256 },
		false,
		["encrypt", "decrypt"],
	);
}

function importKey(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
	return crypto.subtle.importKey("raw", raw, "AES-GCM", false, [
		"encrypt",
		"decrypt",
	]);
}

async function encrypt(
	key: CryptoKey,
	header: string,
	bytes: Uint8Array<ArrayBuffer>,
): Promise<{ iv: string; data: string }> {
	const iv = random(12);
	const data = await crypto.subtle.encrypt(
		{ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(header) },
		key,
		bytes,
	);
	return { iv: toBase64(iv), data: toBase64(new Uint8Array(data)) };
}

async function decrypt(
	key: CryptoKey,
	header: string,
	iv: string,
	data: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	const additionalData = new TextEncoder().encode(header);
	try {
		return new Uint8Array(
			await crypto.subtle.decrypt(
				{ name: "AES-GCM", iv: fromBase64(iv), additionalData },
				key,
				fromBase64(data),
			),
		);
	} catch {
		// WebCrypto does not say why it failed.
		return undefined;
	}
}

function random(length: number): Uint8Array<ArrayBuffer> {
	return crypto.getRandomValues(new Uint8Array(length));
}

function isBase64(value: string): boolean {
	if (!/^(?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/=]{4}$/.test(value)) return false;
	try {
		return toBase64(fromBase64(value)) === value;
	} catch {
		return false;
	}
}
