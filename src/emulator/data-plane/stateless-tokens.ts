// Tokens that are good for their whole life: a session's state, encrypted and authenticated, travels in each of them.
import { hash, randomBytes } from "node:crypto";
import {
	createTokenShape,
	FIRST,
	type TokenState,
	type Tokens,
} from "./token.ts";

const KEY = 24;
const TAG = 16;
const STATE = 28;
const SEALED = 1 + TAG + STATE;
const REMEMBERED = 1000;
/** Within so many characters two tokens differ, however they are encoded in the query. */
const DISTINCT = 200;

/**
 * Synthetic-IV authenticated encryption with SHA-256 as its one primitive: the tag is a keyed hash of the state, the
 * state is covered by a keyed hash of the tag. Both inputs have one length ever, for which a prefixed key is a sound MAC,
 * and both fit one block. Two AES-GCM calls of node:crypto take 12 µs, a third of a whole poll; this takes three.
 */
export function createSealedTokens(): Tokens {
	const shape = createTokenShape(SEALED);
	const tagInput = Buffer.concat([randomBytes(KEY), Buffer.alloc(STATE)]);
	const coverInput = Buffer.concat([randomBytes(KEY), Buffer.alloc(TAG)]);
	// Buffers that are there already: making one takes longer than all the rest.
	const sealed = Buffer.alloc(SEALED);
	const state = tagInput.subarray(KEY);

	/** Covers the state into `sealed`, or uncovers it from there, by the tag that stands in `sealed`. */
	function cover(from: Buffer, at: number, to: Buffer, toAt: number): void {
		for (let i = 0; i < TAG; i++) coverInput[KEY + i] = sealed[1 + i] ?? 0;
		const pad = hash("sha256", coverInput, "binary");
		for (let i = 0; i < STATE; i++)
			to[toAt + i] = (from[at + i] ?? 0) ^ pad.charCodeAt(i);
	}

	function unseal(encoded: string): TokenState | undefined {
		if (!shape.read(encoded, sealed)) return undefined;
		cover(sealed, 1 + TAG, state, 0);
		const tag = hash("sha256", tagInput, "binary");
		let difference = 0;
		for (let i = 0; i < TAG; i++)
			difference |= tag.charCodeAt(i) ^ (sealed[1 + i] ?? 0);
		return difference === 0 ? readState(state) : undefined;
	}

	/** They come again and again: so they are for. */
	const opened = new Map<string, { encoded: string; state: TokenState }>();

	function remember(encoded: string, state: TokenState): void {
		if (opened.size >= REMEMBERED) opened.clear();
		opened.set(encoded.slice(0, DISTINCT), { encoded, state });
	}

	return {
		issue(value) {
			writeState(state, value);
			const tag = hash("sha256", tagInput, "binary");
			sealed[0] = FIRST;
			for (let i = 0; i < TAG; i++) sealed[1 + i] = tag.charCodeAt(i);
			cover(state, 0, sealed, 1 + TAG);
			return shape.write(sealed);
		},
		openEncoded(encoded) {
			const known = opened.get(encoded.slice(0, DISTINCT));
			if (known?.encoded === encoded) return known.state;
			const state = unseal(encoded);
			if (state) remember(encoded, state);
			return state;
		},
	};
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
