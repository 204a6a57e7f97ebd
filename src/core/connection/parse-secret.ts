// The secret fields of a connection's form, read: keys, a token, or nothing.

import { err, ok, type Result } from "../shared/result.ts";
import type { ConnectionErrors, ConnectionForm } from "./connection-form.ts";
import { parseCredentials, parseExpiresAt } from "./credentials.ts";
import type { Secret } from "./temporary-credentials.ts";

/** `now` in epoch ms: when the keys were received. */
export function parseSecretFields(
	form: ConnectionForm,
	now: number,
): Result<Secret | undefined, ConnectionErrors> {
	const { kind } = form;
	if (kind === "agent" || kind === "credential-server") {
		const token = form.bearerToken.trim();
		if (!token) return ok(undefined);
		// It becomes a header's value.
		return /^[\x20-\x7e]{1,8192}$/.test(token)
			? ok({ kind: "bearer", token })
			: err({
					bearerToken: "A token has no line breaks or special characters.",
				});
	}
	if (kind === "identity-center") return ok(undefined);
	const keys = parseCredentials(form);
	if (!keys.ok || !keys.value) return keys.ok ? ok(undefined) : keys;
	return ok({
		kind: "keys",
		lease: {
			credentials: keys.value,
			receivedAt: now,
			...parseExpiresAt(form),
		},
	});
}
