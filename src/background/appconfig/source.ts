import {
	AppConfigDataClient,
	type AppConfigDataClientConfig,
	GetLatestConfigurationCommand,
	StartConfigurationSessionCommand,
} from "@aws-sdk/client-appconfigdata";
import type { Access } from "../../core/connection/credential-provider.ts";
import type { CredentialsFault } from "../../core/connection/credentials.ts";
import {
	dataPlaneHost,
	isRegion,
	minIntervalSeconds,
} from "../../core/connection/endpoint.ts";
import type { ConfigurationSource } from "../../core/ports.ts";
import type { Profile, ProfileId } from "../../core/profile/profile.ts";
import type { Fault, Operation } from "../../core/session/fault.ts";
import type { Token } from "../../core/session/session.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import { retryAfterClockSkew, SIGNATURE_ERROR } from "../http/clock-skew.ts";
import type { HttpPorts } from "../http/outgoing-request.ts";
import { createRedactor, type Redactor } from "../http/redaction.ts";
import { createSdkHandler } from "../http/sdk-handler.ts";
import type { AgentSource } from "./agent.ts";
import { mapSdkError } from "./error-mapping.ts";
import { type ReplyContext, toPolled, toToken } from "./response-validation.ts";

export interface SourcePorts extends HttpPorts {
	/** Epoch ms, on this computer's clock. */
	readonly now: () => number;
	readonly access: (
		profile: Profile,
	) => Promise<Result<Access, CredentialsFault>>;
	/** For credentials that the service has refused as expired; resolves to whether there are new ones. */
	readonly renew: (profile: Profile) => Promise<boolean>;
	/** For profiles whose connection is an AppConfig Agent. */
	readonly agent: AgentSource;
}

type AwsAccess = Extract<Access, { kind: "aws" }>;

interface Call<T> {
	readonly profile: Profile;
	readonly operation: Operation;
	readonly token?: Token;
	readonly send: (client: AppConfigDataClient) => Promise<T>;
}

export interface AppConfigSource extends ConfigurationSource {
	/** Drops all SDK clients, and with them the credentials that they hold. */
	clearClients(): void;
}

export function createSource(ports: SourcePorts): AppConfigSource {
	const clients = createClientCache(ports);

	async function send<T>(
		call: Call<T>,
		access: AwsAccess,
	): Promise<Result<T, Fault>> {
		const client = clients.get(call.profile, access);
		const outcome = await retryAfterClockSkew<Result<T, unknown>>({
			call: async () => {
				try {
					return ok(await call.send(client));
				} catch (error) {
					return err(error);
				}
			},
			// The SDK measures it with each reply.
			skew: () => client.config.systemClockOffset,
			isSignatureRefused: (sent) =>
				!sent.ok &&
				sent.error instanceof Error &&
				SIGNATURE_ERROR.test(sent.error.name),
		});
		if (outcome.ok) return outcome;
		return err(
			mapSdkError(outcome.error, {
				operation: call.operation,
				at: ports.now(),
				host: hostOf(call.profile, access),
				redactor: redactorOf(call, access),
			}),
		);
	}

	// The service does not process a request with expired credentials, so its token is still unused.
	async function sendWithRenewal<T>(
		call: Call<T>,
		access: AwsAccess,
	): Promise<Result<T, Fault>> {
		const reply = await send(call, access);
		if (reply.ok || reply.error.kind !== "credentials-expired") return reply;
		if (!(await ports.renew(call.profile))) return reply;
		const renewed = await ports.access(call.profile);
		return renewed.ok && renewed.value.kind === "aws"
			? send(call, renewed.value)
			: reply;
	}

	return {
		clearClients: clients.clear,
		async open(profile) {
			const call = startSessionCall(profile);
			const access = await accessOf(ports, call);
			if (!access.ok) return access;
			if (access.value.kind === "agent")
				return ports.agent.open(profile, access.value);
			const reply = await sendWithRenewal(call, access.value);
			return toToken(reply, contextOf(ports, call, access.value));
		},
		async poll(profile, token) {
			const call = getConfigurationCall(profile, token);
			const access = await accessOf(ports, call);
			if (!access.ok) return access;
			if (access.value.kind === "agent")
				return ports.agent.poll(profile, access.value);
			const reply = await sendWithRenewal(call, access.value);
			return toPolled(reply, contextOf(ports, call, access.value));
		},
	};
}

async function accessOf(
	ports: SourcePorts,
	{ profile, operation }: Call<unknown>,
): Promise<Result<Access, Fault>> {
	const access = await ports.access(profile);
	if (access.ok) return access;
	return err({ operation, at: ports.now(), ...access.error, isUnsent: true });
}

function contextOf(
	{ now }: SourcePorts,
	call: Call<unknown>,
	access: AwsAccess,
): ReplyContext {
	return {
		at: now(),
		host: hostOf(call.profile, access),
		minIntervalSeconds: minIntervalSeconds(access.endpoint),
		redactor: redactorOf(call, access),
	};
}

function hostOf({ region }: Profile, { endpoint }: AwsAccess): string {
	return endpoint ? new URL(endpoint).host : dataPlaneHost(region);
}

function redactorOf(
	{ token }: Pick<Call<unknown>, "token">,
	{ credentials, isDummy }: AwsAccess,
): Redactor {
	// Dummy keys are public, and "test" would be redacted from every message.
	if (isDummy) return createRedactor([token]);
	const { accessKeyId, secretAccessKey, sessionToken } = credentials;
	return createRedactor([token, accessKeyId, secretAccessKey, sessionToken]);
}

/** One client for each profile: a client holds credentials and the offset of the service's clock. */
function createClientCache(ports: HttpPorts) {
	const clients = new Map<
		ProfileId,
		{ readonly key: string; readonly client: AppConfigDataClient }
	>();
	return {
		get({ id, region }: Profile, access: AwsAccess): AppConfigDataClient {
			const { endpoint, credentials } = access;
			const key = JSON.stringify([region, endpoint, credentials]);
			const cached = clients.get(id);
			if (cached?.key === key) return cached.client;
			const client = createClient(ports, region, access);
			clients.set(id, { key, client });
			return client;
		},
		clear: () => clients.clear(),
	};
}

function createClient(
	{ mayCall, onServerDate }: HttpPorts,
	region: string,
	{ endpoint, credentials, isDummy }: AwsAccess,
): AppConfigDataClient {
	// The SDK makes a host name of it: anything else could lead to another host.
	if (!isRegion(region)) throw new RangeError("not an AWS Region");
	const client = new AppConfigDataClient({
		region,
		credentials,
		...(endpoint === undefined ? {} : { endpoint }),
		// A retry by the SDK would send a single-use token twice.
		maxAttempts: 1,
		retryMode: "standard",
		// The clock of an emulator is not AWS's.
		requestHandler: createSdkHandler(
			isDummy || !onServerDate ? { mayCall } : { mayCall, onServerDate },
		),
		// A client serves one profile, and a profile has one call at a time.
		cacheMiddleware: true,
	} satisfies AppConfigDataClientConfig);
	// Describes the browser to AWS, and writes to the console.
	for (const name of ["getUserAgentMiddleware", "loggerMiddleware"])
		client.middlewareStack.remove(name);
	return client;
}

function startSessionCall(profile: Profile) {
	const command = new StartConfigurationSessionCommand({
		ApplicationIdentifier: profile.application,
		EnvironmentIdentifier: profile.environment,
		ConfigurationProfileIdentifier: profile.configurationProfile,
		RequiredMinimumPollIntervalInSeconds: profile.minimumPollIntervalSeconds,
	});
	return {
		profile,
		operation: "StartConfigurationSession",
		send: (client) => client.send(command),
	} satisfies Call<unknown>;
}

function getConfigurationCall(profile: Profile, token: Token) {
	const command = new GetLatestConfigurationCommand({
		ConfigurationToken: token,
	});
	return {
		profile,
		operation: "GetLatestConfiguration",
		token,
		send: (client) => client.send(command),
	} satisfies Call<unknown>;
}
