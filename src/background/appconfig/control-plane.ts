import type { AccessTarget } from "../../core/connection/access-target.ts";
// AppConfig's control plane, read only: resources to choose from, an environment's deployments, and hosted versions.

import type { Profile, ProfileId } from "../../core/profile/profile.ts";
import type { ControlPlaneRemote } from "../../core/protocol/commands.ts";
import type {
	ControlPlaneFault,
	Resource,
	ResourceListing,
} from "../../core/protocol/control-plane.ts";
import { ok, type Result } from "../../core/shared/result.ts";
import {
	type ControlPlanePorts,
	createControlPlaneClient,
	refuse,
} from "./control-plane-client.ts";
import {
	type Item,
	toBase64,
	toDeployment,
	toEvent,
	toHosted,
	toResource,
} from "./control-plane-items.ts";

const OPERATIONS = {
	applications: "ListApplications",
	environments: "ListEnvironments",
	configurationprofiles: "ListConfigurationProfiles",
} as const;

type Answered<T> = Promise<Result<T, ControlPlaneFault>>;

export function createControlPlane(
	ports: ControlPlanePorts,
): ControlPlaneRemote {
	const { get, getItem, list } = createControlPlaneClient(ports);

	async function resources(
		target: AccessTarget,
		listing: ResourceListing,
		of: { readonly application?: string; readonly refresh?: boolean },
	): Answered<readonly Resource[]> {
		const { application = "", refresh = false } = of;
		let path = "/applications";
		if (listing !== "applications") {
			const id = await idOf(target, application, "applications");
			if (!id.ok) return id;
			path = `/applications/${encodeURIComponent(id.value)}/${listing}`;
		}
		const operation = OPERATIONS[listing];
		const found = await list({ target, path, operation }, refresh);
		return found.ok ? ok(found.value.flatMap(toResource)) : found;
	}

	/** Deployments and versions are listed by ids alone. What is not among those known may be new. */
	async function idOf(
		target: AccessTarget,
		identifier: string,
		listing: ResourceListing,
		application = "",
	): Answered<string> {
		for (const refresh of [false, true]) {
			const found = await resources(target, listing, { application, refresh });
			if (!found.ok) return found;
			const resource =
				found.value.find(({ id }) => id === identifier) ??
				found.value.find(({ name }) => name === identifier);
			if (resource) return ok(resource.id);
		}
		return refuse("not-found", `There is no “${identifier}” here.`);
	}

	/** The path of the profile's environment or configuration profile. */
	async function withPath<T>(
		id: ProfileId,
		listing: "environments" | "configurationprofiles",
		work: (target: Profile, path: string) => Answered<T>,
	): Answered<T> {
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
		listResources: ({ target, listing, ...of }) =>
			resources(target, listing, of),
		// Newest first, and one page: older ones answer no question of today.
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
				const answer = await get({ target, path, operation });
				if (!answer.ok) return answer;
				const { contentType, bytes } = answer.value;
				return ok({ contentType, base64: toBase64(bytes) });
			}),
	};
}

function arrayOf(value: unknown): readonly Item[] {
	return Array.isArray(value) ? value : [];
}
