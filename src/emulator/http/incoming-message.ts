// A request as Node hands it over, which is the emulator's own Request as well: nothing is copied, headers are made faster.
import { type IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { HttpRequest } from "./messages.ts";

export const NO_BODY = new Uint8Array(0);

/** Node's own, which its types leave out. */
const { _dump: readToEnd } = IncomingMessage.prototype as unknown as Message;

export class Message extends IncomingMessage implements HttpRequest {
	declare readonly method: string;
	declare url: string;
	declare readonly _readableState: { autoDestroy: boolean };
	body: Uint8Array = NO_BODY;
	isTooLarge = false;
	made: IncomingHttpHeaders | undefined = undefined;

	constructor(socket: Socket) {
		super(socket);
		// Nobody waits for a request that was read to its end to be destroyed as well, in three turns of Node's queue.
		this._readableState.autoDestroy = false;
	}

	/** After its reply a request is read to its end; one that has arrived without a body is there already. */
	_dump(): void {
		if (!this.complete || this.readableLength > 0) readToEnd.call(this);
	}
}

/**
 * Node asks every message for its headers, and takes a tenth of a poll to make them. Clients send the same names again
 * and again, so what a name becomes is kept; a message with anything out of the ordinary is left to Node.
 */
const readByNode = Object.getOwnPropertyDescriptor(
	IncomingMessage.prototype,
	"headers",
)?.get;
if (readByNode)
	Object.defineProperty(Message.prototype, "headers", {
		get(this: Message): IncomingHttpHeaders {
			this.made ??= makeHeaders(this.rawHeaders) ?? readByNode.call(this);
			return this.made as IncomingHttpHeaders;
		},
	});

const USUAL = 32;
/** Of the request before, in their order: the next one's are mostly the same. */
const given: string[] = [];
const lowered: string[] = [];

/** Undefined when a name comes twice, is one that Node treats in a way of its own, or when there are very many. */
export function makeHeaders(
	raw: readonly string[],
): Record<string, string> | undefined {
	if (raw.length > 2 * USUAL) return undefined;
	const headers: Record<string, string> = {};
	for (let at = 0; at < raw.length; at += 2) {
		const name = toLowerCase(raw[at] ?? "", at >> 1);
		if (headers[name] !== undefined || name === "set-cookie") return undefined;
		headers[name] = raw[at + 1] ?? "";
	}
	return headers;
}

function toLowerCase(name: string, position: number): string {
	if (given[position] !== name) {
		given[position] = name;
		lowered[position] = name.toLowerCase();
	}
	return lowered[position] ?? "";
}
