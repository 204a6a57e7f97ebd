// Tokens that are good for one call: the session's number and a random secret, beside which the session's state is kept.
import { randomBytes, randomFillSync } from "node:crypto";
import type { Clock } from "../shared/clock.ts";
import { TOKEN_LIFE_MS } from "./sessions.ts";
import {
	createTokenShape,
	FIRST,
	type TokenState,
	type Tokens,
} from "./token.ts";

const SECRET = 16;
const CARRIED = 1 + 4 + SECRET;
const BLOCK = 1024;
const MEMBERS = 5;
/** So long is it known of a token that it has expired, or was used; after that it is as if there had been none. */
const KEPT_MS = 2 * TOKEN_LIFE_MS;

/** Of 1 024 sessions in a row, 72 bytes each. */
interface Block {
	readonly secrets: Buffer;
	/** Of the token before, to tell one that was used from one that never was. */
	readonly used: Buffer;
	readonly states: Float64Array;
	touchedAt: number;
}

/**
 * Guessing one is guessing 128 random bits. That is all that a token for one call needs: to seal its state instead would
 * double what a whole poll costs beyond bare HTTP.
 */
export function createTickets(clock: Clock): Tokens {
	const shape = createTokenShape(CARRIED);
	const blocks = new Map<number, Block>();
	const ticket = Buffer.alloc(CARRIED);
	const draw = createDraw();

	function blockOf(session: number): Block {
		const index = Math.floor(session / BLOCK);
		const known = blocks.get(index);
		if (known) return known;
		forget(blocks, clock() - KEPT_MS);
		const made = {
			// Random from the start, so that no secret of a session that is not open can be known.
			secrets: randomBytes(BLOCK * SECRET),
			used: randomBytes(BLOCK * SECRET),
			states: new Float64Array(BLOCK * MEMBERS),
			touchedAt: clock(),
		};
		blocks.set(index, made);
		return made;
	}

	return {
		issue(state) {
			const block = blockOf(state.session);
			const at = state.session % BLOCK;
			block.touchedAt = state.issuedAt;
			if (state.sequence > 0) copySecret(block.secrets, block.used, at);
			draw(block.secrets, at * SECRET);
			writeState(block.states, at * MEMBERS, state);
			ticket[0] = FIRST;
			ticket.writeUInt32LE(state.session, 1);
			for (let i = 0; i < SECRET; i++)
				ticket[5 + i] = block.secrets[at * SECRET + i] ?? 0;
			return shape.write(ticket);
		},
		openEncoded(encoded) {
			if (!shape.read(encoded, ticket)) return undefined;
			const session = ticket.readUInt32LE(1);
			const block = blocks.get(Math.floor(session / BLOCK));
			if (!block) return undefined;
			const at = session % BLOCK;
			const state = readState(block.states, at * MEMBERS, session);
			if (isSecret(ticket, block.secrets, at)) return state;
			return state.sequence > 0 && isSecret(ticket, block.used, at)
				? { ...state, sequence: state.sequence - 1 }
				: undefined;
		},
	};
}

/** Random bytes by the thousand: each call for some takes as long as all the rest. */
function createDraw(): (to: Buffer, at: number) => void {
	const pool = Buffer.alloc(4096);
	let next = pool.length;
	return (to, at) => {
		if (next === pool.length) {
			randomFillSync(pool);
			next = 0;
		}
		for (let i = 0; i < SECRET; i++) {
			to[at + i] = pool[next + i] ?? 0;
			pool[next + i] = 0;
		}
		next += SECRET;
	};
}

function copySecret(from: Buffer, to: Buffer, at: number): void {
	for (let i = at * SECRET; i < (at + 1) * SECRET; i++) to[i] = from[i] ?? 0;
}

/** In constant time. */
function isSecret(ticket: Buffer, secrets: Buffer, at: number): boolean {
	let difference = 0;
	for (let i = 0; i < SECRET; i++)
		difference |= (ticket[5 + i] ?? 0) ^ (secrets[at * SECRET + i] ?? 0);
	return difference === 0;
}

function writeState(to: Float64Array, at: number, state: TokenState): void {
	to[at] = state.sequence;
	to[at + 1] = state.issuedAt;
	to[at + 2] = state.intervalSeconds;
	to[at + 3] = state.target;
	to[at + 4] = state.version;
}

function readState(
	from: Float64Array,
	at: number,
	session: number,
): TokenState {
	return {
		session,
		sequence: from[at] ?? 0,
		issuedAt: from[at + 1] ?? 0,
		intervalSeconds: from[at + 2] ?? 0,
		target: from[at + 3] ?? 0,
		version: from[at + 4] ?? 0,
	};
}

function forget(blocks: Map<number, Block>, before: number): void {
	for (const [index, block] of blocks)
		if (block.touchedAt < before) blocks.delete(index);
}
