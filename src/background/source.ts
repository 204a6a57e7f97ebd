// AWS AppConfig Data as the core's Source: the SDK's calls and names are translated here and nowhere else.
import {
	type AppConfigDataClient,
	GetLatestConfigurationCommand,
	StartConfigurationSessionCommand,
} from "@aws-sdk/client-appconfigdata";
import type { Credentials } from "../core/credentials.ts";
import { hostPattern, parseEndpoint } from "../core/endpoint.ts";
import type { Fault, Operation } from "../core/fault.ts";
import type { Polled, Source } from "../core/ports.ts";
import type { Profile, ProfileId } from "../core/profile.ts";
import { err, ok, type Result } from "../core/result.ts";
import { DEFAULT_INTERVAL_SECONDS } from "../core/schedule.ts";
import type { Token } from "../core/session.ts";
import { takesCredentials } from "../core/snapshot.ts";
import { CALL_TIMEOUT_MS, createClient } from "./client.ts";
import { toFault } from "./refusal.ts";

export interface SourcePorts {
	readonly now: () => number;
	/** The keys given for a profile in this browser session. */
	readonly credentials: (id: ProfileId) => Credentials | undefined;
	/** Whether the browser lets the extension call the hosts of a match pattern. */
	readonly mayCall: (pattern: string) => Promise<boolean>;
}

/** What the service takes when nobody checks: signing needs something to sign with. */
const DUMMY: Credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** The model's limits; a service that goes past them is cut off, not believed. */
const CONTENT_TYPE_MAX = 255;
const LABEL_MAX = 64;
const INTERVAL_MAX_SECONDS = 86_400;

/** How far apart two clocks must be for a refused signature to be their fault; AWS allows 5 minutes, its Date has whole seconds. */
const CLOCK_STEP_MS = 5_000;

const SIGNATURE_ERRORS = /InvalidSignature|RequestExpired|TimeTooSkewed/;

interface Call<T> {
	readonly profile: Profile;
	readonly operation: Operation;
	/** The token sent, if one is. */
	readonly token?: Token;
	readonly send: (
		client: AppConfigDataClient,
		options: { abortSignal: AbortSignal },
	) => Promise<T>;
}

export function createSource(ports: SourcePorts): Source {
	const clientOf = createClientCache();

	async function run<T>(call: Call<T>): Promise<Result<T, Fault>> {
		const { profile, operation } = call;
		const credentials = takesCredentials(profile)
			? ports.credentials(profile.id)
			: DUMMY;
		if (!credentials)
			return err(fault(ports, operation, "credentials-missing"));
		const client = clientOf(profile, credentials);
		const abortSignal = AbortSignal.timeout(CALL_TIMEOUT_MS);
		const send = () => call.send(client, { abortSignal });
		try {
			return ok(await withServiceClock(client, send));
		} catch (error) {
			const secrets = [call.token, ...Object.values(credentials)];
			const refused = toFault(error, {
				operation,
				at: ports.now(),
				secrets: secrets.filter((secret) => secret !== undefined),
			});
			return err(await withPermission(ports, profile, refused));
		}
	}

	return {
		open: async (profile) => open(ports, await run(startCall(profile))),
		poll: async (profile, token) =>
			poll(ports, await run(getCall(profile, token))),
	};
}

// One client a connection: it holds the clock's offset from the service and the signing keys of the day.
function createClientCache(): (
	profile: Profile,
	credentials: Credentials,
) => AppConfigDataClient {
	const clients = new Map<ProfileId, [string, AppConfigDataClient]>();
	return (profile, credentials) => {
		const { region, endpoint } = profile;
		const key = JSON.stringify([region, endpoint, credentials]);
		const [cachedKey, cached] = clients.get(profile.id) ?? [];
		if (cached && cachedKey === key) return cached;
		const client = createClient({ region, endpoint, credentials });
		clients.set(profile.id, [key, client]);
		return client;
	};
}

// From a refused signature the SDK learns the service's clock. If that was the trouble, the call is made once more: a request
// whose signature failed was not looked at, so its token is unspent.
async function withServiceClock<T>(
	{ config }: AppConfigDataClient,
	send: () => Promise<T>,
): Promise<T> {
	const before = config.systemClockOffset;
	try {
		return await send();
	} catch (error) {
		const step = Math.abs(config.systemClockOffset - before);
		const isSignature =
			error instanceof Error && SIGNATURE_ERRORS.test(error.name);
		if (!isSignature || step < CLOCK_STEP_MS) throw error;
		return send();
	}
}

function startCall(profile: Profile) {
	const command = new StartConfigurationSessionCommand({
		ApplicationIdentifier: profile.application,
		EnvironmentIdentifier: profile.environment,
		ConfigurationProfileIdentifier: profile.configurationProfile,
		RequiredMinimumPollIntervalInSeconds: profile.minimumPollIntervalSeconds,
	});
	return {
		profile,
		operation: "StartConfigurationSession",
		send: (client, options) => client.send(command, options),
	} satisfies Call<unknown>;
}

function getCall(profile: Profile, token: Token) {
	const command = new GetLatestConfigurationCommand({
		ConfigurationToken: token,
	});
	return {
		profile,
		operation: "GetLatestConfiguration",
		token,
		send: (client, options) => client.send(command, options),
	} satisfies Call<unknown>;
}

function open(
	ports: SourcePorts,
	reply: Result<{ InitialConfigurationToken?: string | undefined }, Fault>,
): Result<Token, Fault> {
	if (!reply.ok) return reply;
	const { InitialConfigurationToken: token } = reply.value;
	if (isToken(token)) return ok(token);
	return err(fault(ports, "StartConfigurationSession", "not-appconfig"));
}

function poll(
	ports: SourcePorts,
	reply: Result<
		{
			NextPollConfigurationToken?: string | undefined;
			NextPollIntervalInSeconds?: number | undefined;
			ContentType?: string | undefined;
			VersionLabel?: string | undefined;
			Configuration?: Uint8Array | null | undefined;
		},
		Fault
	>,
): Result<Polled, Fault> {
	if (!reply.ok) return reply;
	const out = reply.value;
	// Without it the reply is some proxy's page: it must never take the place of a configuration.
	if (!isToken(out.NextPollConfigurationToken))
		return err(fault(ports, "GetLatestConfiguration", "no-next-token"));
	return ok({
		token: out.NextPollConfigurationToken,
		intervalSeconds: interval(out.NextPollIntervalInSeconds),
		// The SDK gives null for an empty body, which its types do not say; empty means unchanged.
		body: out.Configuration?.length ? out.Configuration : undefined,
		contentType: out.ContentType?.slice(0, CONTENT_TYPE_MAX) || undefined,
		label: out.VersionLabel?.slice(0, LABEL_MAX) || undefined,
	});
}

/** The model calls the header optional: without a usable one, the default of the service. */
function interval(seconds: number | undefined): number {
	if (seconds === undefined || !(seconds >= 1)) return DEFAULT_INTERVAL_SECONDS;
	return Math.min(seconds, INTERVAL_MAX_SECONDS);
}

/** The model's pattern for a token. */
function isToken(value: unknown): value is Token {
	return typeof value === "string" && /^\S{1,8192}$/.test(value);
}

// fetch() does not tell a host that may not be called from one that is not there; the browser does.
async function withPermission(
	ports: SourcePorts,
	profile: Profile,
	refused: Fault,
): Promise<Fault> {
	if (refused.kind !== "network") return refused;
	const endpoint = profile.endpoint
		? parseEndpoint(profile.endpoint)
		: undefined;
	const pattern = hostPattern(
		profile.region,
		endpoint?.ok ? endpoint.value : undefined,
	);
	if (await ports.mayCall(pattern)) return refused;
	return { ...refused, kind: "permission-missing", detail: pattern };
}

function fault(
	ports: SourcePorts,
	operation: Operation,
	kind: Fault["kind"],
): Fault {
	return { kind, operation, at: ports.now(), detail: "" };
}
