// Configuration tokens: a session's whole state, masked and authenticated, in the shape of the service's own.
// A real token is an AWS Encryption SDK message in base64: it begins "AYADe" and has some 1.1 kB with + / and =
// (seen in https://github.com/aws/aws-sdk-java-v2/issues/5465). Clients must percent-encode it, so ours must need it.
import { hash, randomBytes } from "node:crypto";

export interface TokenState {
	readonly session: number;
	/** How many calls of this session were accepted before this token was issued. */
	readonly sequence: number;
	/** Epoch ms. */
	readonly issuedAt: number;
	readonly intervalSeconds: number;
	readonly target: number;
	/** Id of the version this session has; 0 for none. */
	readonly version: number;
}

export interface TokenSealer {
	seal(state: TokenState): string;
	/** Undefined when this process did not make the token. */
	open(token: string): TokenState | undefined;
	/** As `open`, for a token still percent-encoded as in a query string. */
	openEncoded(encoded: string): TokenState | undefined;
}

const HEAD = "AYAD";
const KEY = 32;
const TAG = 16;
const STATE = 28;
const SEALED = 1 + TAG + STATE;
const SEALED_CHARACTERS = (SEALED / 3) * 4;
const TAIL_BYTES = 782;
/** So that a token begins "AYADe". */
const FIRST = 0x78;
const CANONICAL = new RegExp(`^${HEAD}[A-Za-z0-9+/]{${SEALED_CHARACTERS}}$`);

/**
 * The state is authenticated by a keyed SHA-256 of fixed length, for which a prefix key is a sound MAC, and masked: it
 * tells its holder nothing he does not know, but nobody shall build on what it looks like. AES-GCM through node:crypto
 * would cost 12 µs a poll, a third of the whole request; this costs one.
 */
export function createTokenSealer(): TokenSealer {
	const macInput = Buffer.concat([randomBytes(KEY), Buffer.alloc(STATE)]);
	const mask = randomBytes(STATE);
	const sealed = Buffer.alloc(SEALED);
	sealed[0] = FIRST;
	const bytes = Buffer.alloc(SEALED);
	const tail = createTail();
	const encodedTail = encodeURIComponent(tail);
	const state = macInput.subarray(KEY);

	function cover(from: Buffer, at: number, to: Buffer, toAt: number): void {
		for (let i = 0; i < STATE; i++)
			to[toAt + i] = (from[at + i] ?? 0) ^ (mask[i] ?? 0);
	}

	function openHead(head: string): TokenState | undefined {
		// One state, one text: Node's decoder is lenient, so what it would overlook is refused before.
		if (!CANONICAL.test(head)) return undefined;
		// Into a buffer that is there already: making one takes longer than all the rest.
		bytes.write(head.slice(HEAD.length), "base64");
		if (bytes[0] !== FIRST) return undefined;
		cover(bytes, 1 + TAG, state, 0);
		const tag = hash("sha256", macInput, "binary");
		let difference = 0;
		for (let i = 0; i < TAG; i++)
			difference |= tag.charCodeAt(i) ^ (bytes[1 + i] ?? 0);
		return difference === 0 ? readState(state) : undefined;
	}

	function open(token: string): TokenState | undefined {
		return token.endsWith(tail)
			? openHead(token.slice(0, -tail.length))
			: undefined;
	}

	return {
		seal(value) {
			writeState(state, value);
			const tag = hash("sha256", macInput, "binary");
			for (let i = 0; i < TAG; i++) sealed[1 + i] = tag.charCodeAt(i);
			cover(state, 0, sealed, 1 + TAG);
			return HEAD + sealed.toString("base64") + tail;
		},
		open,
		openEncoded(encoded) {
			// Decoding 1.1 kB costs more than opening the token; the tail is always the same.
			const usual = encoded.endsWith(encodedTail);
			const text = decode(
				usual ? encoded.slice(0, -encodedTail.length) : encoded,
			);
			if (text === undefined) return undefined;
			if (!usual) return open(text);
			return openHead(text);
		},
	};
}

function createTail(): string {
	for (;;) {
		const text = randomBytes(TAIL_BYTES).toString("base64");
		if (text.includes("+") && text.includes("/")) return text;
	}
}

/** A query string's decoding: a plus that was not percent-encoded is a space, and the token is broken. */
function decode(encoded: string): string | undefined {
	const spaced = encoded.includes("+") ? encoded.replaceAll("+", " ") : encoded;
	if (!spaced.includes("%")) return spaced;
	try {
		return decodeURIComponent(spaced);
	} catch (error) {
		if (error instanceof URIError) return undefined;
		throw error;
	}
}

function writeState(bytes: Buffer, state: TokenState): void {
	bytes.writeUInt32LE(state.session, 0);
	bytes.writeUInt32LE(state.sequence, 4);
	bytes.writeDoubleLE(state.issuedAt, 8);
	bytes.writeUInt32LE(state.intervalSeconds, 16);
	bytes.writeUInt32LE(state.target, 20);
	bytes.writeUInt32LE(state.version, 24);
}

function readState(bytes: Buffer): TokenState {
	return {
		session: bytes.readUInt32LE(0),
		sequence: bytes.readUInt32LE(4),
		issuedAt: bytes.readDoubleLE(8),
		intervalSeconds: bytes.readUInt32LE(16),
		target: bytes.readUInt32LE(20),
		version: bytes.readUInt32LE(24),
	};
}
