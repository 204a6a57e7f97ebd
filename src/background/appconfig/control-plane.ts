import type { AccessTarget } from "../../core/connection/access-target.ts";
import type { Profile, ProfileId } from "../../core/profile/profile.ts";
import type { ControlPlaneRemote } from "../../core/protocol/commands.ts";
import type {
	ControlPlaneFault,
	Deployment,
	DeploymentEvent,
	HostedVersion,
	Resource,
	ResourceListing,
} from "../../core/protocol/control-plane.ts";
import { ok, type Result } from "../../core/shared/result.ts";
import { toBase64 } from "../../storage/byte-encoding.ts";
import {
	type ControlPlanePorts,
	createControlPlaneClient,
	type Item,
	refuse,
} from "./control-plane-client.ts";

const RESOURCES = {
	applications: { operation: "ListApplications", name: "application" },
	environments: { operation: "ListEnvironments", name: "environment" },
	configurationprofiles: {
		operation: "ListConfigurationProfiles",
		name: "configuration profile",
	},
} as const;

type Reply<T> = Promise<Result<T, ControlPlaneFault>>;

/** Read only: resources to choose from, the deployments of an environment, and hosted versions. */
export function createControlPlane(
	ports: ControlPlanePorts,
): ControlPlaneRemote {
	const { get, getItem, list } = createControlPlaneClient(ports);

	async function listResources(
		target: AccessTarget,
		listing: ResourceListing,
		{
			application = "",
			refresh = false,
		}: { readonly application?: string; readonly refresh?: boolean },
	): Reply<readonly Resource[]> {
		let path = "/applications";
		if (listing !== "applications") {
			const id = await idOf(target, application, "applications");
			if (!id.ok) return id;
			path = `/applications/${encodeURIComponent(id.value)}/${listing}`;
		}
		const { operation } = RESOURCES[listing];
		const found = await list({ target, path, operation }, refresh);
		return found.ok ? ok(found.value.flatMap(toResource)) : found;
	}

	/** Deployments and versions can be listed only by ids. A name that the cached list lacks may be new. */
	async function idOf(
		target: AccessTarget,
		identifier: string,
		listing: ResourceListing,
		application = "",
	): Reply<string> {
		for (const refresh of [false, true]) {
			const found = await listResources(target, listing, {
				application,
				refresh,
			});
			if (!found.ok) return found;
			const resource =
				found.value.find(({ id }) => id === identifier) ??
				found.value.find(({ name }) => name === identifier);
			if (resource) return ok(resource.id);
		}
		return refuse(
			"not-found",
			`There is no ${RESOURCES[listing].name} “${identifier}”.`,
		);
	}

	/** The path of the profile's environment or configuration profile. */
	async function withPath<T>(
		id: ProfileId,
		listing: "environments" | "configurationprofiles",
		work: (target: Profile, path: string) => Reply<T>,
	): Reply<T> {
		const target = ports.profiles().find((each) => each.id === id);
		if (!target) return refuse("not-found", "The profile was deleted.");
		const { application, environment, configurationProfile } = target;
		const parent = await idOf(target, application, "applications");
		if (!parent.ok) return parent;
		const identifier =
			listing === "environments" ? environment : configurationProfile;
		const own = await idOf(target, identifier, listing, parent.value);
		if (!own.ok) return own;
		return work(
			target,
			`/applications/${parent.value}/${listing}/${own.value}`,
		);
	}

	return {
		listResources: ({ target, listing, ...options }) =>
			listResources(target, listing, options),
		// The newest come first, and one page of them is enough.
		listDeployments: ({ id }) =>
			withPath(id, "environments", async (target, at) => {
				const path = `${at}/deployments?max_results=20`;
				const operation = "ListDeployments";
				const body = await getItem({ target, path, operation });
				return body.ok ? ok(arrayOf(body.value.Items).map(toDeployment)) : body;
			}),
		listEvents: ({ id, number }) =>
			withPath(id, "environments", async (target, at) => {
				const path = `${at}/deployments/${number}`;
				const operation = "GetDeployment";
				const body = await getItem({ target, path, operation });
				return body.ok ? ok(arrayOf(body.value.EventLog).map(toEvent)) : body;
			}),
		listHosted: ({ id }) =>
			withPath(id, "configurationprofiles", async (target, at) => {
				const path = `${at}/hostedconfigurationversions?max_results=50`;
				const operation = "ListHostedConfigurationVersions";
				const body = await getItem({ target, path, operation });
				return body.ok ? ok(arrayOf(body.value.Items).map(toHosted)) : body;
			}),
		readHosted: ({ id, number }) =>
			withPath(id, "configurationprofiles", async (target, at) => {
				const path = `${at}/hostedconfigurationversions/${number}`;
				const operation = "GetHostedConfigurationVersion";
				const reply = await get({ target, path, operation });
				if (!reply.ok) return reply;
				const { headers, body } = reply.value;
				const contentType = headers.get("content-type")?.slice(0, 255) ?? "";
				return ok({ contentType, base64: toBase64(body) });
			}),
	};
}

function arrayOf(value: unknown): readonly Item[] {
	return Array.isArray(value) ? value : [];
}

/** Empty if the item has no id or name, otherwise one resource. */
function toResource(item: Item): readonly Resource[] {
	const id = text(item.Id);
	const name = text(item.Name);
	if (!id || !name) return [];
	return [
		compact({
			id,
			name,
			description: text(item.Description),
			type: text(item.Type),
		}),
	];
}

function toDeployment(item: Item): Deployment {
	return compact({
		number: Number(item.DeploymentNumber),
		state: text(item.State) ?? "",
		percentage: Number(item.PercentageComplete ?? 0),
		configurationName: text(item.ConfigurationName),
		version: text(item.ConfigurationVersion),
		label: text(item.VersionLabel),
		growthType: text(item.GrowthType),
		growthFactor: number(item.GrowthFactor),
		durationMinutes: number(item.DeploymentDurationInMinutes),
		bakeMinutes: number(item.FinalBakeTimeInMinutes),
		startedAt: time(item.StartedAt),
		completedAt: time(item.CompletedAt),
	});
}

function toEvent(item: Item): DeploymentEvent {
	return compact({
		type: text(item.EventType) ?? "",
		description: text(item.Description) ?? "",
		at: time(item.OccurredAt),
	});
}

function toHosted(item: Item): HostedVersion {
	return compact({
		number: Number(item.VersionNumber),
		description: text(item.Description),
		label: text(item.VersionLabel),
		contentType: text(item.ContentType),
	});
}

/** Cut to a length that views can show. */
function text(value: unknown): string | undefined {
	return typeof value === "string" && value ? value.slice(0, 2_048) : undefined;
}

function number(value: unknown): number | undefined {
	return typeof value === "number" ? value : undefined;
}

function time(value: unknown): number | undefined {
	const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
	return Number.isFinite(at) ? at : undefined;
}

type Compact<T> = {
	[K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
	[K in keyof T as undefined extends T[K] ? K : never]?: Exclude<
		T[K],
		undefined
	>;
};

function compact<T extends object>(object: T): Compact<T> {
	return Object.fromEntries(
		Object.entries(object).filter(([, value]) => value !== undefined),
	) as Compact<T>;
}
