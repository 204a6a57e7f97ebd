// Leaves parts of the AWS SDK out of the worker that cannot be reached there.
import type { Plugin } from "vite";
import { type ModulePatch, patchModules } from "./patch-modules.ts";

const CUTS: readonly ModulePatch[] = [
	// AppConfig Data has no event streams, and a worker could not load the chunk anyway.
	{
		module: "/protocols/HttpProtocol.js",
		find: 'import("@smithy/core/event-streams")',
		replaceWith: "Promise.resolve({})",
	},
	// The client is given hashes of our own (background/http/signing-hash.ts).
	{
		module: "/sha256/Sha256WebCrypto.js",
		find: "export class Sha256WebCrypto",
		replaceModule: "export class Sha256WebCrypto {}",
	},
	// The client makes one attempt: nothing is retried. Signing looks for its place by the middleware's name, so that stays.
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
	// Taken out of the client's stack where it is made (background/appconfig/sdk-client.ts): nothing is logged, and no browser described.
	{
		module: "/middleware-logger/loggerMiddleware.js",
		find: "export const getLoggerPlugin",
		replaceModule: `export const getLoggerPlugin = () => ({ applyToStack() {} });
			export const loggerMiddleware = undefined, loggerMiddlewareOptions = {};`,
	},
	{
		module: "/middleware-user-agent/user-agent-middleware.js",
		find: "export const getUserAgentPlugin",
		replaceModule: `export const getUserAgentPlugin = () => ({ applyToStack() {} });
			export const userAgentMiddleware = undefined, getUserAgentMiddlewareOptions = {};`,
	},
	{
		module: "/middleware-user-agent/configurations.js",
		find: "export function resolveUserAgentConfig",
		replaceModule: `export const resolveUserAgentConfig = (input) => input;
			export const DEFAULT_UA_APP_ID = undefined;`,
	},
	{
		module: "/util-user-agent-browser/defaultUserAgent.js",
		find: "export const createDefaultUserAgentProvider",
		replaceModule: `export const createDefaultUserAgentProvider = () => async () => [];
			export const defaultUserAgent = createDefaultUserAgentProvider, fallback = {}, createUserAgentStringParsingProvider = undefined;`,
	},
	{
		module: "/client-appconfigdata/dist-es/runtimeConfig.browser.js",
		find: 'import packageInfo from "../package.json"',
		replaceWith: "const packageInfo = {}",
	},
	// The client is given a handler of our own.
	{
		module: "/fetch-http-handler.js",
		find: "static create(instanceOrOptions)",
		replaceModule: `export const FetchHttpHandler = { create: (handler) => handler };
			export const keepAliveSupport = {};`,
	},
	// A configuration is no stream, and AppConfig no S3.
	{
		module: "/util-stream/sdk-stream-mixin.browser.js",
		find: "export const sdkStreamMixin",
		replaceModule: "export const sdkStreamMixin = (stream) => stream;",
	},
	{
		module: "/service-customizations/s3.js",
		find: "export const resolveParamsForS3",
		replaceModule: `export const resolveParamsForS3 = async (params) => params;
			export const DOT_PATTERN = /\\./, S3_HOSTNAME_PATTERN = /s3/;
			export const isDnsCompatibleBucketName = () => false, isArnBucketName = () => false;`,
	},
	{
		module: "/lib/aws/isVirtualHostableS3Bucket.js",
		find: "export const isVirtualHostableS3Bucket",
		replaceModule: "export const isVirtualHostableS3Bucket = () => false;",
	},
	{
		module: "/lib/aws/parseArn.js",
		find: "export const parseArn",
		replaceModule: "export const parseArn = () => null;",
	},
	// Only messages of event streams have headers of their own to sign.
	{
		module: "/HeaderFormatter.js",
		find: "export class HeaderFormatter",
		replaceModule: "export class HeaderFormatter {}",
	},
	// No member of AppConfig Data is a time. The one that is left, the Retry-After of a refusal, is a date that every browser reads.
	{
		module: "/serde/date-utils.js",
		find: "export const parseRfc7231DateTime",
		replaceModule: `const read = (value) => new Date(value);
			export const dateToUtcString = (date) => date.toUTCString();
			export { read as parseRfc3339DateTime, read as parseRfc3339DateTimeWithOffset, read as parseRfc7231DateTime, read as parseEpochTimestamp };`,
	},
	// No body of AppConfig Data holds a number: those that JSON.parse would round need no keeping.
	{
		module: "/protocols/json/jsonReviver.js",
		find: "export function jsonReviver",
		replaceModule: "export const jsonReviver = (_key, value) => value;",
	},
	{
		module: "/schema-serde-lib/schema-date-utils.js",
		find: "export const _parseEpochTimestamp",
		replaceModule: `const read = (value) => new Date(value);
			export { read as _parseEpochTimestamp, read as _parseRfc3339DateTimeWithOffset, read as _parseRfc7231DateTime };`,
	},
];

export function patchSdk(): Plugin {
	return patchModules(
		"without-unreached-sdk",
		/@smithy[\\/](core|signature-v4|fetch-http-handler)[\\/]|@aws-sdk[\\/](core|client-appconfigdata)[\\/]/,
		CUTS,
	);
}
