// A response's body, read whole up to a size that nobody needs more than.

/** AppConfig itself allows at most 4 MB; the rest is room for a service that says otherwise. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The body went past the cap; the rest of it was not read. */
export class OversizedError extends Error {
	override readonly name = "OversizedError";
}

/** The connection was lost in the middle of a body. */
export class InterruptedError extends Error {
	override readonly name = "InterruptedError";
}

/** Throws an OversizedError as soon as the body is known to be too large. `onBytes` is told of each piece. */
export async function collectBounded(
	{ headers, body }: Pick<Response, "headers" | "body">,
	onBytes: () => void = () => undefined,
): Promise<Uint8Array> {
	// Most polls find nothing new: no stream is opened for nothing.
	if (!body || headers.get("content-length") === "0") return new Uint8Array();
	const reader = body.getReader();
	const chunks: Uint8Array[] = [];
	let size = 0;
	for (;;) {
		const { done, value } = await reader.read().catch(interrupted);
		if (done) return concatenate(chunks, size);
		onBytes();
		chunks.push(value);
		size += value.byteLength;
		if (size <= MAX_BODY_BYTES) continue;
		const error = new OversizedError(`more than ${MAX_BODY_BYTES} bytes`);
		await reader.cancel(error);
		throw error;
	}
}

// An abort is the caller's own doing and keeps its name.
function interrupted(cause: unknown): never {
	if (cause instanceof TypeError)
		throw new InterruptedError("the body was cut", { cause });
	throw cause;
}

function concatenate(chunks: readonly Uint8Array[], size: number): Uint8Array {
	const whole = new Uint8Array(size);
	let offset = 0;
	for (const chunk of chunks) {
		whole.set(chunk, offset);
		offset += chunk.byteLength;
	}
	return whole;
}
