// Leaves parts of the AWS SDK out of the worker that cannot be reached there.
import type { Plugin } from "vite";

interface Cut {
	/** The end of the module's path. */
	readonly module: string;
	/** What stands there now; when it does not, the SDK has changed and the build says so. */
	readonly find: string;
	/** In its place; absent = only look. */
	readonly put?: string;
	/** In place of the whole module. */
	readonly whole?: string;
}

const CUTS: readonly Cut[] = [
	// AppConfig Data has no event streams, and a worker could not load the chunk anyway.
	{
		module: "/protocols/HttpProtocol.js",
		find: 'import("@smithy/core/event-streams")',
		put: "Promise.resolve({})",
	},
	// WebCrypto is there in every worker: SHA-256 in plain JavaScript is for where it is not, and past 8 MiB of request.
	{ module: "/sha256/Sha256WebCrypto.js", find: "new Sha256Js(" },
	{ module: "/sha256/Sha256Js.js", find: "export class Sha256Js" },
	// The client is made with one attempt and the standard mode: nothing is retried, adaptively or not.
	{
		module: "/util-retry/AdaptiveRetryStrategy.js",
		find: "export class AdaptiveRetryStrategy",
	},
	// Only messages of event streams have headers of their own to sign.
	{
		module: "/HeaderFormatter.js",
		find: "export class HeaderFormatter",
		whole: "export class HeaderFormatter {}",
	},
	// No member of AppConfig Data is a time. The one that is left, the Retry-After of a refusal, is a date that every browser reads.
	{
		module: "/serde/date-utils.js",
		find: "export const parseRfc7231DateTime",
		whole: `const read = (value) => new Date(value);
			export const dateToUtcString = (date) => date.toUTCString();
			export { read as parseRfc3339DateTime, read as parseRfc3339DateTimeWithOffset, read as parseRfc7231DateTime, read as parseEpochTimestamp };`,
	},
	// No body of AppConfig Data holds a number: those that JSON.parse would round need no keeping.
	{
		module: "/protocols/json/jsonReviver.js",
		find: "export function jsonReviver",
		whole: "export const jsonReviver = (_key, value) => value;",
	},
	{
		module: "/schema-serde-lib/schema-date-utils.js",
		find: "export const _parseEpochTimestamp",
		whole: `const read = (value) => new Date(value);
			export { read as _parseEpochTimestamp, read as _parseRfc3339DateTimeWithOffset, read as _parseRfc7231DateTime };`,
	},
];

/** Classes that are never made: their names stay, what they do goes. */
const HOLLOW = /\/(Sha256Js|AdaptiveRetryStrategy)\.js$/;

export function withoutUnreachedSdk(): Plugin {
	return {
		name: "without-unreached-sdk",
		apply: "build",
		transform: {
			filter: { id: /@smithy[\\/](core|signature-v4)[\\/]/ },
			handler(code, id) {
				const path = id.replaceAll("\\", "/");
				const cut = CUTS.find(({ module }) => path.endsWith(module));
				if (!cut) return undefined;
				if (!code.includes(cut.find))
					this.error(
						`${cut.find} was not found: look at how the SDK does it now`,
					);
				if (cut.whole) return { code: cut.whole, map: { mappings: "" } };
				const name = HOLLOW.exec(path)?.[1];
				if (name) return { code: hollow(name), map: { mappings: "" } };
				if (cut.put === undefined) return undefined;
				// A null map keeps the one there is: no line moves.
				return { code: code.replace(cut.find, cut.put), map: null };
			},
		},
	};
}

function hollow(name: string): string {
	return `export class ${name} { constructor() { throw new Error("${name} was left out of this build"); } }`;
}
