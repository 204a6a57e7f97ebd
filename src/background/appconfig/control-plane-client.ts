// Calls to AppConfig's control plane: one after the other, not faster than it allows, lists kept for the browser session.

import type { AccessTarget } from "../../core/connection/access-target.ts";
import type { Access } from "../../core/connection/credential-provider.ts";
import { controlPlaneUrl } from "../../core/connection/endpoint.ts";
import type { CredentialsFault } from "../../core/connection/temporary-credentials.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { ControlPlaneFault } from "../../core/protocol/control-plane.ts";
import type { Operation } from "../../core/session/fault.ts";
import { createMutex } from "../../core/shared/concurrency.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import type { StorageArea } from "../adapters/storage-adapter.ts";
import {
	type HttpPorts,
	type HttpReply,
	parseObject,
} from "../http/http-request.ts";
import { sendSignedRequest } from "../http/sigv4-request.ts";
import { type Item, text } from "./control-plane-items.ts";

export interface ControlPlanePorts extends HttpPorts {
	access(target: AccessTarget): Promise<Result<Access, CredentialsFault>>;
	profiles(): readonly Profile[];
	/** Memory only: lists that were fetched. */
	readonly session: StorageArea;
	/** Resolves after so many ms. */
	pause(ms: number): Promise<void>;
}

export interface ControlPlaneCall {
	readonly target: AccessTarget;
	/** With its query. */
	readonly path: string;
	/** An IAM policy calls it `appconfig:` and this. */
	readonly operation: Operation;
}

export interface ControlPlaneClient {
	get(call: ControlPlaneCall): Promise<Result<HttpReply, ControlPlaneFault>>;
	getItem(call: ControlPlaneCall): Promise<Result<Item, ControlPlaneFault>>;
	/** All pages; `refresh`: not what is known already. */
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
/** Others of the account call as well: what is refused as too much is asked again after this, then twice this. */
const THROTTLE_DELAY_MS = 1_000;
const MAX_ATTEMPTS = 3;
const MAX_PAGES = 40;
/** A hosted configuration has 2 MB at most, unless AWS allows more. */
const MAX_BYTES = 8 * 1024 * 1024;

export function createControlPlaneClient(
	ports: ControlPlanePorts,
): ControlPlaneClient {
	const { session, pause } = ports;
	const enqueue = createMutex();

	async function accessOf(
		target: AccessTarget,
	): Promise<Result<AwsAccess, ControlPlaneFault>> {
		const access = await ports.access(target);
		if (!access.ok) return access;
		return access.value.kind === "aws"
			? ok(access.value)
			: refuse("not-found", "The Agent has no lists to choose from.");
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
				operation: call.operation,
				maxBytes: MAX_BYTES,
			});
		};
		// In the queue also while it waits: those behind it would be refused alike.
		const answer = await enqueue(async () => {
			let last = await send(MIN_SPACING_MS);
			for (let tried = 1; tried < MAX_ATTEMPTS && isThrottled(last); tried += 1)
				last = await send(THROTTLE_DELAY_MS * tried);
			return last;
		});
		if (!answer.ok) return err(toNetwork(answer.error));
		if (answer.value.status === 200) return answer;
		return toRefusal(answer.value, call, access.value);
	}

	async function getItem(
		call: ControlPlaneCall,
	): Promise<Result<Item, ControlPlaneFault>> {
		const answer = await get(call);
		if (!answer.ok) return answer;
		const body = parseObject(answer.value.text);
		return body ? ok(body) : refuseAnswer(answer.value, "not-appconfig");
	}

	async function list(
		call: ControlPlaneCall,
		refresh: boolean,
	): Promise<Result<readonly Item[], ControlPlaneFault>> {
		const access = await accessOf(call.target);
		if (!access.ok) return access;
		// Another role sees other lists, and roles have another key each hour: only the last one's list is kept.
		const { accessKeyId } = access.value.credentials;
		const key = `list:${JSON.stringify([call.target, call.path])}`;
		const known = (await session.get(key))[key] as CachedList | undefined;
		if (known?.accessKeyId === accessKeyId && !refresh) return ok(known.items);
		const items: Item[] = [];
		let next = "";
		for (let page = 0; page < MAX_PAGES; page += 1) {
			const query = `?max_results=50${next && `&next_token=${encodeURIComponent(next)}`}`;
			const body = await getItem({ ...call, path: call.path + query });
			if (!body.ok) return body;
			if (Array.isArray(body.value.Items)) items.push(...body.value.Items);
			next = text(body.value.NextToken) ?? "";
			if (!next) break;
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

/** Names what was called, and nothing of what the reply says. */
function refuseAnswer(
	{ operation, host, status }: HttpReply,
	kind: ControlPlaneFault["kind"],
	detail = "",
): Result<never, ControlPlaneFault> {
	return err({ kind, detail, operation, host, status });
}

function isThrottled(answer: Result<HttpReply, CredentialsFault>): boolean {
	return answer.ok && answer.value.status === 429;
}

// What cannot be reached here is no source of credentials.
function toNetwork(refusal: CredentialsFault): ControlPlaneFault {
	return refusal.kind === "credentials-unavailable"
		? { ...refusal, kind: "network" }
		: refusal;
}

function toRefusal(
	answer: HttpReply,
	{ operation }: ControlPlaneCall,
	{ isScoped }: AwsAccess,
): Result<never, ControlPlaneFault> {
	const { status, text: words, namesError } = answer;
	if (status === 429)
		return refuseAnswer(answer, "throttled", "Wait a little, then ask again.");
	if (status >= 500) return refuseAnswer(answer, "service-error");
	if (status === 404)
		return namesError
			? refuseAnswer(answer, "not-found")
			: refuseAnswer(answer, "not-appconfig");
	if (status !== 403 && status !== 401)
		return refuseAnswer(answer, namesError ? "bad-request" : "not-appconfig");
	if (!namesError) return refuseAnswer(answer, "forbidden");
	if (/expired/i.test(words))
		return refuseAnswer(answer, "credentials-expired");
	if (isScoped)
		return refuseAnswer(
			answer,
			"access-denied",
			`Sessions of an assumed role are limited here to reading configurations: for appconfig:${operation} use a connection without a role.`,
		);
	const { host } = answer;
	const detail = `Allow appconfig:${operation} to see it.`;
	return err({
		...{ kind: "access-denied", detail, operation, host, status },
		policyHelps: true,
	});
}
