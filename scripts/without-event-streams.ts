// Leaves the AWS SDK's event streams out of the worker: AppConfig Data has none, and they are an eighth of the SDK's size.
import type { Plugin } from "vite";

const IMPORT = 'import("@smithy/core/event-streams")';

/** The SDK imports them when an operation streams events; here it gets an empty module in place of a chunk that a worker could not load anyway. */
export function withoutEventStreams(): Plugin {
	return {
		name: "without-event-streams",
		apply: "build",
		transform: {
			filter: { id: /@smithy[\\/]core[\\/].*HttpProtocol\.js$/ },
			handler(code) {
				if (!code.includes(IMPORT))
					this.error(
						`${IMPORT} was not found: look at how the SDK does it now`,
					);
				// A null map keeps the one there is: no line moves.
				return { code: code.replace(IMPORT, "Promise.resolve({})"), map: null };
			},
		},
	};
}
