// AppConfig's control plane, read only: resources to choose from, and an environment's deployments.
import type { Access } from "../core/connection/broker.ts";
import type { Refusal } from "../core/connection/lease.ts";
import type { ControlRemote } from "../core/contract.ts";
import type { ControlPlace, Listing, Resource } from "../core/control-plane.ts";
import { hostOf } from "../core/endpoint.ts";
import type { Profile, ProfileId } from "../core/profile.ts";
import { createQueue } from "../core/queue.ts";
import { ok, type Result } from "../core/result.ts";
import { type AskPorts, parseObject, refuse } from "./connection/ask.ts";
import { askSigned } from "./connection/signed.ts";
import {
	type Item,
	text,
	toDeployment,
	toEvent,
	toResource,
} from "./control-plane-items.ts";

export interface ControlPorts extends AskPorts {
	access(profile: Profile): Promise<Result<Access, Refusal>>;
	profiles(): readonly Profile[];
	/** Resolves after so many ms. */
	pause(ms: number): Promise<void>;
}

/** List calls are allowed 10 times a second: https://docs.aws.amazon.com/general/latest/gr/appconfig.html */
const SPACING_MS = 110;
const CACHE_MS = 5 * 60_000;
const MAX_PAGES = 40;
/** What an IAM policy calls it, so that the one that is missing can be named. */
const ACTIONS = {
	applications: "appconfig:ListApplications",
	environments: "appconfig:ListEnvironments",
	configurationprofiles: "appconfig:ListConfigurationProfiles",
} as const;

export function createControlPlane(ports: ControlPorts): ControlRemote {
	const enqueue = createQueue();
	const cache = new Map<string, { at: number; items: readonly Item[] }>();

	async function get(
		place: ControlPlace,
		path: string,
		action: string,
	): Promise<Result<Item, Refusal>> {
		const access = await ports.access(toProfile(place));
		if (!access.ok) return access;
		if (access.value.kind === "agent")
			return refuse("access-denied", "The Agent has no lists to choose from.");
		const { endpoint, credentials } = access.value;
		const { region } = place;
		const base = endpoint ?? `https://${hostOf("appconfig", region)}`;
		// One after the other, so that a page that asks for much is not throttled.
		const answer = await enqueue(async () => {
			await ports.pause(SPACING_MS);
			return askSigned(ports, {
				service: "appconfig",
				region,
				method: "GET",
				url: base + path,
				credentials,
			});
		});
		if (!answer.ok) return answer;
		const { status, text } = answer.value;
		const body = parseObject(text);
		if (status === 200 && body) return ok(body);
		return toRefusal(status, body, action);
	}

	async function list(
		place: ControlPlace,
		path: string,
		action: string,
	): Promise<Result<readonly Item[], Refusal>> {
		const key = JSON.stringify([place, path]);
		const known = cache.get(key);
		if (known && ports.now() - known.at < CACHE_MS) return ok(known.items);
		const items: Item[] = [];
		let next = "";
		for (let page = 0; page < MAX_PAGES; page += 1) {
			const query = `?max_results=50${next && `&next_token=${encodeURIComponent(next)}`}`;
			const body = await get(place, path + query, action);
			if (!body.ok) return body;
			if (Array.isArray(body.value.Items)) items.push(...body.value.Items);
			next = text(body.value.NextToken) ?? "";
			if (!next) break;
		}
		cache.set(key, { at: ports.now(), items });
		return ok(items);
	}

	async function resources(
		place: ControlPlace,
		listing: Listing,
		application = "",
	): Promise<Result<readonly Resource[], Refusal>> {
		let path = "/applications";
		if (listing !== "applications") {
			const id = await idOf(place, application, "applications");
			if (!id.ok) return id;
			path = `/applications/${encodeURIComponent(id.value)}/${listing}`;
		}
		const found = await list(place, path, ACTIONS[listing]);
		return found.ok ? ok(found.value.flatMap(toResource)) : found;
	}

	/** Deployments are listed by ids alone. */
	async function idOf(
		place: ControlPlace,
		identifier: string,
		listing: Listing,
		application?: string,
	): Promise<Result<string, Refusal>> {
		const found = await resources(place, listing, application);
		if (!found.ok) return found;
		const resource =
			found.value.find(({ id }) => id === identifier) ??
			found.value.find(({ name }) => name === identifier);
		return resource
			? ok(resource.id)
			: refuse("access-denied", `There is no ${identifier} here.`);
	}

	async function deploymentsPath(
		profile: Profile,
	): Promise<Result<string, Refusal>> {
		const application = await idOf(
			profile,
			profile.application,
			"applications",
		);
		if (!application.ok) return application;
		const environment = await idOf(
			profile,
			profile.environment,
			"environments",
			application.value,
		);
		if (!environment.ok) return environment;
		return ok(
			`/applications/${application.value}/environments/${environment.value}/deployments`,
		);
	}

	async function ofDeployments<T>(
		id: ProfileId,
		work: (profile: Profile, path: string) => Promise<Result<T, Refusal>>,
	): Promise<Result<T, Refusal>> {
		const profile = ports.profiles().find((each) => each.id === id);
		if (!profile) return refuse("access-denied", "The profile was deleted.");
		const path = await deploymentsPath(profile);
		return path.ok ? work(profile, path.value) : path;
	}

	return {
		listResources: ({ place, listing, application }) =>
			resources(place, listing, application),
		listDeployments: ({ id }) =>
			ofDeployments(id, async (profile, path) => {
				// Newest first, and one page: older ones answer no question of today.
				const body = await get(
					profile,
					`${path}?max_results=20`,
					"appconfig:ListDeployments",
				);
				if (!body.ok) return body;
				const items = Array.isArray(body.value.Items) ? body.value.Items : [];
				return ok(items.map(toDeployment));
			}),
		listEvents: ({ id, number }) =>
			ofDeployments(id, async (profile, path) => {
				const body = await get(
					profile,
					`${path}/${number}`,
					"appconfig:GetDeployment",
				);
				if (!body.ok) return body;
				const log = Array.isArray(body.value.EventLog)
					? body.value.EventLog
					: [];
				return ok(log.map(toEvent));
			}),
	};
}

function toRefusal(
	status: number,
	body: Item | undefined,
	action: string,
): Result<never, Refusal> {
	if (status === 403) {
		const words = text(body?.message) ?? text(body?.Message) ?? "";
		const kind = /expired/i.test(words)
			? "credentials-expired"
			: "access-denied";
		return refuse(kind, `Allow ${action} to see it.`);
	}
	if (status === 429 || status >= 500)
		return refuse("credentials-unavailable", `HTTP ${status}`);
	return refuse("access-denied", `${action}: HTTP ${status}`);
}

// Access is given to profiles; a place that is only being typed is one without a name.
function toProfile(place: ControlPlace): Profile {
	return {
		id: "" as ProfileId,
		name: "",
		application: "",
		environment: "",
		configurationProfile: "",
		...place,
	};
}
