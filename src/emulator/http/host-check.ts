import { isIP } from "node:net";
import { errorReply } from "./errors.ts";
import type { HttpRequest, Reply } from "./messages.ts";

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/**
 * A page of a stranger's domain that resolves to 127.0.0.1 is same-origin with us in the browser's eyes; its Host
 * header gives it away. https://en.wikipedia.org/wiki/DNS_rebinding
 */
export function createHostCheck(
	allowed: readonly string[],
): (request: HttpRequest) => boolean {
	const hosts = new Set([...LOOPBACK, ...allowed.map(toHost)]);
	// Bound to every interface, it is reached by addresses too; a rebound name is never an address.
	const anyAddress = allowed.some((host) => /^(0\.0\.0\.0|::)$/.test(host));
	const seen = new Map<string, boolean>();
	return (request) => {
		const { host } = request.headers;
		// Only HTTP/1.0 and raw sockets leave it out; browsers never do.
		if (host === undefined) return true;
		const known = seen.get(host);
		if (known !== undefined) return known;
		const name = host.toLowerCase().replace(/:\d{1,5}$/, "");
		const address = isIP(name.replace(/^\[|\]$/g, "")) !== 0;
		const verdict = hosts.has(name) || (anyAddress && address);
		if (seen.size < 100) seen.set(host, verdict);
		return verdict;
	};
}

function toHost(host: string): string {
	return host.includes(":") ? `[${host.toLowerCase()}]` : host.toLowerCase();
}

export function refuseHost(): Reply {
	return errorReply(403, "AccessDeniedException", {
		Message: "The Host header is not one this emulator answers to",
	});
}
