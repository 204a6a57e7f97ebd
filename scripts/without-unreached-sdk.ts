// Leaves parts of the AWS SDK out of the worker that cannot be reached there: event streams, and SHA-256 in plain JavaScript.
import type { Plugin } from "vite";

const EVENT_STREAMS = 'import("@smithy/core/event-streams")';
const FALLBACK = "new Sha256Js(";

/**
 * Event streams: AppConfig Data has none, and a worker could not load the chunk anyway; an empty module takes their place.
 * SHA-256: WebCrypto is there in every worker, and the SDK falls back on its own only without it, or past 8 MiB of request.
 */
export function withoutUnreachedSdk(): Plugin {
	return {
		name: "without-unreached-sdk",
		apply: "build",
		transform: {
			filter: {
				id: /@smithy[\\/]core[\\/].*(HttpProtocol|Sha256WebCrypto|Sha256Js)\.js$/,
			},
			handler(code, id) {
				if (id.endsWith("HttpProtocol.js")) {
					if (!code.includes(EVENT_STREAMS)) this.error(moved(EVENT_STREAMS));
					// A null map keeps the one there is: no line moves.
					return {
						code: code.replace(EVENT_STREAMS, "Promise.resolve({})"),
						map: null,
					};
				}
				if (id.endsWith("Sha256Js.js"))
					return {
						code: 'export class Sha256Js { constructor() { throw new Error("SHA-256 needs WebCrypto"); } }',
						map: { mappings: "" },
					};
				if (!code.includes(FALLBACK)) this.error(moved(FALLBACK));
				return undefined;
			},
		},
	};
}

function moved(text: string): string {
	return `${text} was not found: look at how the SDK does it now`;
}
