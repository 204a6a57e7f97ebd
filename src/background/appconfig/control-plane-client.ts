import type { AccessTarget } from "../../core/connection/access-target.ts";
import type { Access } from "../../core/connection/credential-provider.ts";
import type { CredentialsFault } from "../../core/connection/credentials.ts";
import { controlPlaneUrl } from "../../core/connection/endpoint.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { ControlPlaneFault } from "../../core/protocol/control-plane.ts";
import type { Operation } from "../../core/session/fault.ts";
import { createMutex } from "../../core/shared/concurrency.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import type { StorageArea } from "../adapters/storage-adapter.ts";
import type { HttpReply, RequestFault } from "../http/outgoing-request.ts";
import {
	type SignedRequestPorts,
	sendSignedRequest,
} from "../http/sigv4-request.ts";

export interface ControlPlanePorts extends SignedRequestPorts {
	access(target: AccessTarget): Promise<Result<Access, CredentialsFault>>;
	profiles(): readonly Profile[];
	/** In memory only: caches lists for the browser session. */
	readonly session: StorageArea;
	/** Resolves after `ms`. */
	pause(ms: number): Promise<void>;
}

export interface ControlPlaneCall {
	readonly target: AccessTarget;
	/** With its query. */
	readonly path: string;
	/** The IAM action without its prefix `appconfig:`. */
	readonly operation: Operation;
}

/** An object of a reply. Its members have AWS's names, and any of them may be missing. */
export type Item = Readonly<Record<string, unknown>>;

/** Calls AppConfig's control plane, one call at a time and not faster than AWS allows. */
export interface ControlPlaneClient {
	get(call: ControlPlaneCall): Promise<Result<HttpReply, ControlPlaneFault>>;
	getItem(call: ControlPlaneCall): Promise<Result<Item, ControlPlaneFault>>;
	/** All pages, from the cache unless `refresh`. */
	list(
		call: ControlPlaneCall,
		refresh: boolean,
	): Promise<Result<readonly Item[], ControlPlaneFault>>;
}

interface CachedList {
	readonly accessKeyId: string;
	readonly items: readonly Item[];
}

type AwsAccess = Extract<Access, { kind: "aws" }>;

/** List calls are allowed 10 times a second: https://docs.aws.amazon.com/general/latest/gr/appconfig.html */
const MIN_SPACING_MS = 110;
/** The account's other clients count as well. A throttled call is repeated after this time, then after twice this time. */
const THROTTLE_DELAY_MS = 1_000;
const MAX_ATTEMPTS = 3;
const MAX_PAGES = 40;

export function createControlPlaneClient(
	ports: ControlPlanePorts,
): ControlPlaneClient {
	const { session, pause } = ports;
	const runExclusive = createMutex();

	async function accessOf(
		target: AccessTarget,
	): Promise<Result<AwsAccess, ControlPlaneFault>> {
		const access = await ports.access(target);
		if (!access.ok) return access;
		return access.value.kind === "aws"
			? ok(access.value)
			: refuse("not-found", "The AppConfig Agent cannot list resources.");
	}

	async function get(
		call: ControlPlaneCall,
	): Promise<Result<HttpReply, ControlPlaneFault>> {
		const access = await accessOf(call.target);
		if (!access.ok) return access;
		const { endpoint, credentials } = access.value;
		const { region } = call.target;
		const send = async (wait: number) => {
			await pause(wait);
			return sendSignedRequest(ports, {
				service: "appconfig",
				region,
				method: "GET",
				url: controlPlaneUrl(region, endpoint) + call.path,
				credentials,
			});
		};
		// Holds the mutex while it waits: the calls behind it would be throttled as well.
		const reply = await runExclusive(async () => {
			let last = await send(MIN_SPACING_MS);
			for (let tried = 1; tried < MAX_ATTEMPTS && isThrottled(last); tried += 1)
				last = await send(THROTTLE_DELAY_MS * tried);
			return last;
		});
		if (!reply.ok) return err(toControlPlaneFault(reply.error, call));
		if (reply.value.status === 200) return reply;
		return refuseReply(reply.value, call, access.value);
	}

	async function getItem(
		call: ControlPlaneCall,
	): Promise<Result<Item, ControlPlaneFault>> {
		const reply = await get(call);
		if (!reply.ok) return reply;
		const item = reply.value.jsonObject();
		return item ? ok(item) : fail(reply.value, call, "not-appconfig");
	}

	async function list(
		call: ControlPlaneCall,
		refresh: boolean,
	): Promise<Result<readonly Item[], ControlPlaneFault>> {
		const access = await accessOf(call.target);
		if (!access.ok) return access;
		// Other credentials may see other lists. Those of a role change every hour, so only the last list is cached.
		const { accessKeyId } = access.value.credentials;
		const key = `list:${JSON.stringify([call.target, call.path])}`;
		const cached = (await session.get(key))[key] as CachedList | undefined;
		if (cached?.accessKeyId === accessKeyId && !refresh)
			return ok(cached.items);
		const items: Item[] = [];
		let next = "";
		for (let page = 0; page < MAX_PAGES; page += 1) {
			const query = `?max_results=50${next && `&next_token=${encodeURIComponent(next)}`}`;
			const body = await getItem({ ...call, path: call.path + query });
			if (!body.ok) return body;
			if (Array.isArray(body.value.Items)) items.push(...body.value.Items);
			const { NextToken: token } = body.value;
			if (typeof token !== "string" || !token) break;
			next = token;
		}
		await session.set({ [key]: { accessKeyId, items } satisfies CachedList });
		return ok(items);
	}

	return { get, getItem, list };
}

export function refuse(
	kind: ControlPlaneFault["kind"],
	detail: string,
): Result<never, ControlPlaneFault> {
	return err({ kind, detail });
}

/** The fault repeats nothing of the reply's text. */
function fail(
	{ host, status }: HttpReply,
	{ operation }: ControlPlaneCall,
	kind: ControlPlaneFault["kind"],
	detail = "",
): Result<never, ControlPlaneFault> {
	return err({ kind, detail, operation, host, status });
}

function isThrottled(reply: Result<HttpReply, RequestFault>): boolean {
	return reply.ok && reply.value.status === 429;
}

function toControlPlaneFault(
	{ kind, host, detail }: RequestFault,
	{ operation }: ControlPlaneCall,
): ControlPlaneFault {
	const about = { operation, host, detail };
	if (kind === "permission-missing" || kind === "not-appconfig")
		return { ...about, kind };
	return kind === "oversized"
		? { ...about, kind: "not-appconfig" }
		: { ...about, kind: "network" };
}

function refuseReply(
	reply: HttpReply,
	call: ControlPlaneCall,
	{ isScoped }: AwsAccess,
): Result<never, ControlPlaneFault> {
	const { status } = reply;
	if (status === 429)
		return fail(reply, call, "throttled", "Wait a little, then try again.");
	if (status >= 500) return fail(reply, call, "service-error");
	const isAws = namesAwsError(reply);
	if (status === 404)
		return fail(reply, call, isAws ? "not-found" : "not-appconfig");
	if (status !== 403 && status !== 401)
		return fail(reply, call, isAws ? "bad-request" : "not-appconfig");
	if (!isAws) return fail(reply, call, "forbidden");
	if (/expired/i.test(reply.text()))
		return fail(reply, call, "credentials-expired");
	const action = `appconfig:${call.operation}`;
	if (isScoped)
		return fail(
			reply,
			call,
			"access-denied",
			`This connection's sessions of an assumed role may only read configurations. For ${action}, use a connection without a role.`,
		);
	return err({
		kind: "access-denied",
		detail: `Allow ${action} to see it.`,
		operation: call.operation,
		host: reply.host,
		status,
		policyHelps: true,
	});
}

/** AWS names an error in a header or in a JSON body. */
function namesAwsError({ headers, jsonObject }: HttpReply): boolean {
	return headers.has("x-amzn-errortype") || jsonObject() !== undefined;
}
