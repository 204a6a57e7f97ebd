import { isIP } from "node:net";
import { errorReply } from "./errors.ts";
import type { HttpRequest, Reply } from "./messages.ts";

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Prevents DNS rebinding: to the browser, a page of a foreign domain that resolves to 127.0.0.1 has the emulator's origin.
 * Its Host header reveals it. https://en.wikipedia.org/wiki/DNS_rebinding
 */
export function createHostCheck(
	allowed: readonly string[],
): (request: HttpRequest) => boolean {
	const hosts = new Set([...LOOPBACK, ...allowed.map(toHost)]);
	// A server on all interfaces is also called by address. A rebound name is never an address.
	const anyAddress = allowed.some((host) => /^(0\.0\.0\.0|::)$/.test(host));
	return (request) => {
		const { host } = request.headers;
		// Browsers always send it.
		if (host === undefined) return true;
		const name = host.toLowerCase().replace(/:\d{1,5}$/, "");
		return (
			hosts.has(name) ||
			(anyAddress && isIP(name.replace(/^\[|\]$/g, "")) !== 0)
		);
	};
}

function toHost(host: string): string {
	return host.includes(":") ? `[${host.toLowerCase()}]` : host.toLowerCase();
}

export function refuseHost(): Reply {
	return errorReply(403, "AccessDeniedException", {
		Message:
			"The emulator does not accept this Host header. To allow the name, start the emulator with --allow-host",
	});
}
