// The AWS SDK's client as this extension uses it: signing, addresses and errors are its own, the sending is ours.
import {
	AppConfigDataClient,
	type AppConfigDataClientConfig,
} from "@aws-sdk/client-appconfigdata";
import type { Credentials } from "../../core/connection/credentials.ts";
import { isRegion } from "../../core/connection/endpoint.ts";
import { createHandler } from "../http/sdk-handler.ts";
import { createSigningHash } from "../http/signing-hash.ts";

export interface ClientOptions {
	readonly region: string;
	readonly endpoint: string | undefined;
	readonly credentials: Credentials;
}

export function createClient(options: ClientOptions): AppConfigDataClient {
	const { region, endpoint, credentials } = options;
	// The SDK makes a host's name of it.
	if (!isRegion(region)) throw new RangeError("not an AWS Region");
	const client = new AppConfigDataClient({
		region,
		credentials,
		...(endpoint === undefined ? {} : { endpoint }),
		// A retry by the SDK would send a single-use token twice.
		maxAttempts: 1,
		retryMode: "standard",
		requestHandler: createHandler(),
		sha256: createSigningHash(),
		// A client has one profile, and a profile one call at a time.
		cacheMiddleware: true,
	} satisfies AppConfigDataClientConfig);
	// What AWS need not know, and what is nowhere written: both are left out of the build (scripts/build/patch-sdk.ts).
	for (const name of ["getUserAgentMiddleware", "loggerMiddleware"])
		client.middlewareStack.remove(name);
	return client;
}
