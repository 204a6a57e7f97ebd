/** Browsers follow redirects to other hosts with X-Amz-Security-Token still on the request, so none is followed. */
export const LOCKED_DOWN = {
	redirect: "manual",
	credentials: "omit",
	cache: "no-store",
	referrerPolicy: "no-referrer",
} as const satisfies RequestInit;

/** The reply sends the caller elsewhere: whoever answered is not the service that was asked. */
export class RedirectedError extends Error {
	override readonly name = "RedirectedError";

	constructor() {
		super("The reply was a redirect, which is not followed.");
	}
}

/** Every request of the extension to a server. Rejects with a RedirectedError where `fetch` would follow. */
export async function lockedFetch(
	url: string,
	init: RequestInit,
): Promise<Response> {
	const response = await fetch(url, { ...init, ...LOCKED_DOWN });
	// Browsers tell neither the status nor the target of a redirect that is not followed.
	if (
		response.type === "opaqueredirect" ||
		(response.status >= 300 && response.status < 400)
	) {
		await response.body?.cancel();
		throw new RedirectedError();
	}
	return response;
}
