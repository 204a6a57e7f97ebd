import type { Plugin } from "vite";

interface ModulePatch {
	/** The end of the module's path. */
	readonly module: string;
	/** A text of the module. If it is missing, the SDK has changed and the build fails. */
	readonly find: string;
	/** In place of that text. */
	readonly replaceWith?: string;
	/** In place of the whole module. */
	readonly replaceModule?: string;
}

const SDK_MODULES = /@smithy[\\/]core[\\/]/;

/**
 * Parts of the SDK that this extension cannot reach. A patch stays only as long as it saves more than 1.5 kB of the worker
 * (gzip); the two of the retries and the two of the dates count together.
 */
const PATCHES: readonly ModulePatch[] = [
	// AppConfig Data has no event streams: 5.5 kB.
	{
		module: "/protocols/HttpProtocol.js",
		find: 'import("@smithy/core/event-streams")',
		replaceWith: "Promise.resolve({})",
	},
	// The client makes one attempt: 3.4 kB. The name stays because the signing middleware is inserted after it.
	{
		module: "/middleware-retry/retryMiddleware.js",
		find: 'name: "retryMiddleware"',
		replaceModule: `export const retryMiddlewareOptions = { name: "retryMiddleware", step: "finalizeRequest", priority: "high", override: true };
			export const bindRetryMiddleware = () => () => (next) => next;
			export const bindGetRetryPlugin = () => () => ({ applyToStack: (stack) => stack.add((next) => next, retryMiddlewareOptions) });`,
	},
	{
		module: "/middleware-retry/configurations.js",
		find: "export const resolveRetryConfig",
		replaceModule: "export const resolveRetryConfig = (input) => input;",
	},
	// No member of AppConfig Data is a timestamp: 2.5 kB. What is left is the date in Retry-After, which Date parses.
	{
		module: "/serde/date-utils.js",
		find: "export const parseRfc7231DateTime",
		replaceModule: `const read = (value) => new Date(value);
			export const dateToUtcString = (date) => date.toUTCString();
			export { read as parseRfc3339DateTime, read as parseRfc3339DateTimeWithOffset, read as parseRfc7231DateTime, read as parseEpochTimestamp };`,
	},
	{
		module: "/schema-serde-lib/schema-date-utils.js",
		find: "export const _parseEpochTimestamp",
		replaceModule: `const read = (value) => new Date(value);
			export { read as _parseEpochTimestamp, read as _parseRfc3339DateTimeWithOffset, read as _parseRfc7231DateTime };`,
	},
];

/** Leaves these parts out of the worker, and fails the build when the SDK no longer has them where they were. */
export function patchSdk(): Plugin {
	const applied = new Set<ModulePatch>();
	return {
		name: "patch-sdk",
		apply: "build",
		transform: {
			filter: { id: SDK_MODULES },
			handler(code, path) {
				const patch = PATCHES.find(({ module }) =>
					path.replaceAll("\\", "/").endsWith(module),
				);
				if (!patch) return undefined;
				applied.add(patch);
				if (!code.includes(patch.find))
					this.error(`${patch.module} no longer contains ${patch.find}`);
				if (patch.replaceModule)
					return { code: patch.replaceModule, map: { mappings: "" } };
				// A null map keeps the module's own: no line moves.
				return {
					code: code.replace(patch.find, patch.replaceWith ?? ""),
					map: null,
				};
			},
		},
		buildEnd(error) {
			const missing = PATCHES.filter((patch) => !applied.has(patch));
			if (!error && applied.size > 0 && missing.length > 0)
				this.error(
					`The SDK has no such modules any more: ${missing.map(({ module }) => module).join(", ")}`,
				);
		},
	};
}
