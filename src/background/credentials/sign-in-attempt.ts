// A sign-in that waits for the user, as it is kept for the browser session.
import * as v from "valibot";
import type { ConnectionId } from "../../core/connection/connection.ts";
import type { SignInProgress } from "../../core/connection/credential-sources.ts";
import { isRegion } from "../../core/connection/endpoint.ts";

const text = v.pipe(v.string(), v.minLength(1));
const time = v.pipe(v.number(), v.finite());
const maybe = v.exactOptional(text);

const schema = v.object({
	id: v.custom<ConnectionId>((value) => typeof value === "string"),
	ssoRegion: v.pipe(v.string(), v.check(isRegion)),
	client: v.object({
		clientId: text,
		clientSecret: text,
		clientExpiresAt: time,
	}),
	/** Epoch ms. */
	until: time,
	/** By the browser. */
	tabId: v.exactOptional(v.number()),
	state: maybe,
	verifier: maybe,
	redirectUri: maybe,
	/** By a device code. */
	device: v.exactOptional(
		v.object({
			deviceCode: text,
			userCode: text,
			verificationUrl: text,
			intervalSeconds: time,
			/** Epoch ms of the next question whether the user has agreed. */
			nextAt: time,
		}),
	),
});

export type SignInAttempt = Readonly<v.InferOutput<typeof schema>>;

export function parseAttempt(value: unknown): SignInAttempt | undefined {
	const result = v.safeParse(schema, value);
	return result.success ? result.output : undefined;
}

export function toProgress({ device, until }: SignInAttempt): SignInProgress {
	if (!device) return { method: "browser", until };
	const { userCode, verificationUrl } = device;
	return { method: "device", userCode, verificationUrl, until };
}
