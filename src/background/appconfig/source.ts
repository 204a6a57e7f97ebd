// AWS AppConfig Data as the core's Source: the SDK's calls and names are translated here and nowhere else.
import {
	type AppConfigDataClient,
	GetLatestConfigurationCommand,
	StartConfigurationSessionCommand,
} from "@aws-sdk/client-appconfigdata";
import type { Access } from "../../core/connection/credential-provider.ts";
import {
	dataPlaneHost,
	hostPattern,
	minIntervalSeconds,
	parseEndpoint,
} from "../../core/connection/endpoint.ts";
import type { CredentialsFault } from "../../core/connection/temporary-credentials.ts";
import type { ConfigurationSource, PollResult } from "../../core/ports.ts";
import type { Profile, ProfileId } from "../../core/profile/profile.ts";
import type { Fault, FaultKind, Operation } from "../../core/session/fault.ts";
import type { Token } from "../../core/session/session.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import { createRedactor, type Redactor } from "../http/redaction.ts";
import { mapSdkError } from "./error-mapping.ts";
import { type ReplyContext, toPolled, toToken } from "./response-validation.ts";
import { createClient } from "./sdk-client.ts";

export interface SourcePorts {
	readonly now: () => number;
	/** Where a profile's calls go, and what they carry. */
	readonly access: (
		profile: Profile,
	) => Promise<Result<Access, CredentialsFault>>;
	/** The service says that they have expired: whether there are new ones. */
	readonly renew: (profile: Profile) => Promise<boolean>;
	/** The AppConfig Agent, for the profiles of such a connection. */
	readonly agent: AgentSource;
	/** Told how far the service's clock is ahead, in ms. */
	readonly onClockOffset: (offsetMs: number) => void;
	/** Whether the browser lets the extension call the hosts of a match pattern. */
	readonly mayCall: (pattern: string) => Promise<boolean>;
}

/** How far apart two clocks must be for a refused signature to be their fault; AWS allows 5 minutes, its Date has whole seconds. */
const CLOCK_STEP_MS = 5_000;

const UNANSWERED: ReadonlySet<FaultKind> = new Set(["network", "timeout"]);

const SIGNATURE_ERRORS = /InvalidSignature|RequestExpired|TimeTooSkewed/;

type AwsAccess = Extract<Access, { kind: "aws" }>;
type AgentAccess = Extract<Access, { kind: "agent" }>;

/** The AppConfig Agent as a source: it has no sessions, so a token stands for nothing. */
export interface AgentSource {
	open(profile: Profile, access: AgentAccess): Promise<Result<Token, Fault>>;
	poll(
		profile: Profile,
		access: AgentAccess,
	): Promise<Result<PollResult, Fault>>;
}

interface Call<T> {
	readonly profile: Profile;
	readonly operation: Operation;
	/** The token sent, if one is. */
	readonly token?: Token;
	readonly send: (client: AppConfigDataClient) => Promise<T>;
}

export interface AppConfigSource extends ConfigurationSource {
	/** The SDK's clients hold credentials and what was derived of them. */
	clearClients(): void;
}

export function createSource(ports: SourcePorts): AppConfigSource {
	const clients = createClientCache();
	const { clientOf } = clients;

	async function run<T>(
		call: Call<T>,
		access: AwsAccess,
	): Promise<Result<T, Fault>> {
		const client = clientOf(call.profile, access);
		try {
			const reply = await withServiceClock(client, () => call.send(client));
			hear(client, access);
			return ok(reply);
		} catch (error) {
			const refused = mapSdkError(error, {
				operation: call.operation,
				at: ports.now(),
				host: hostCalled(call.profile, access),
				redactor: redactorOf(call, access),
			});
			if (!UNANSWERED.has(refused.kind)) hear(client, access);
			return err(await withPermission(ports, call.profile, refused));
		}
	}
	// An emulator's clock says nothing about AWS's.
	function hear({ config }: AppConfigDataClient, access: AwsAccess): void {
		if (!access.isDummy) ports.onClockOffset(config.systemClockOffset);
	}

	// A request whose credentials had expired was not looked at, so its token is unspent.
	async function ask<T>(
		call: Call<T>,
		access: AwsAccess,
	): Promise<Result<T, Fault>> {
		const reply = await run(call, access);
		if (reply.ok || reply.error.kind !== "credentials-expired") return reply;
		if (!(await ports.renew(call.profile))) return reply;
		const renewed = await ports.access(call.profile);
		return renewed.ok && renewed.value.kind === "aws"
			? run(call, renewed.value)
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
			const reply = await ask(call, access.value);
			return toToken(reply, contextOf(ports, call, access.value));
		},
		async poll(profile, token) {
			const call = getConfigurationCall(profile, token);
			const access = await accessOf(ports, call);
			if (!access.ok) return access;
			if (access.value.kind === "agent")
				return ports.agent.poll(profile, access.value);
			const reply = await ask(call, access.value);
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
		host: hostCalled(call.profile, access),
		minIntervalSeconds: minIntervalSeconds(access.endpoint),
		redactor: redactorOf(call, access),
	};
}

function hostCalled({ region }: Profile, { endpoint }: AwsAccess): string {
	return endpoint ? new URL(endpoint).host : dataPlaneHost(region);
}

/** Of fixed keys that everybody knows nothing has to be kept secret. */
function redactorOf(
	{ token }: Pick<Call<unknown>, "token">,
	{ credentials, isDummy }: AwsAccess,
): Redactor {
	if (isDummy) return createRedactor([token]);
	const { accessKeyId, secretAccessKey, sessionToken } = credentials;
	return createRedactor([token, accessKeyId, secretAccessKey, sessionToken]);
}

// One client a connection: it holds the clock's offset from the service and the signing keys of the day.
function createClientCache(): {
	clientOf(profile: Profile, access: AwsAccess): AppConfigDataClient;
	clear(): void;
} {
	const clients = new Map<ProfileId, [string, AppConfigDataClient]>();
	const clientOf = (
		profile: Profile,
		{ endpoint, credentials }: AwsAccess,
	): AppConfigDataClient => {
		const { region } = profile;
		const key = JSON.stringify([region, endpoint, credentials]);
		const [cachedKey, cached] = clients.get(profile.id) ?? [];
		if (cached && cachedKey === key) return cached;
		const client = createClient({ region, endpoint, credentials });
		clients.set(profile.id, [key, client]);
		return client;
	};
	return { clientOf, clear: () => clients.clear() };
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

// fetch() does not tell a host that may not be called from one that is not there; the browser does.
async function withPermission(
	ports: SourcePorts,
	profile: Profile,
	refused: Fault,
): Promise<Fault> {
	if (refused.kind !== "network") return refused;
	const access = await ports.access(profile);
	if (!access.ok || access.value.kind !== "aws") return refused;
	const { endpoint: url } = access.value;
	const endpoint = url ? parseEndpoint(url) : undefined;
	const pattern = hostPattern(
		profile.region,
		endpoint?.ok ? endpoint.value : undefined,
	);
	if (await ports.mayCall(pattern)) return refused;
	return {
		...refused,
		kind: "permission-missing",
		detail: pattern,
		isUnsent: true,
	};
}
