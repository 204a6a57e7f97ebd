// The AppConfig control plane: which operation a method and a path mean, carried out with its errors as replies.
import type { OperationCall } from "../http/messages.ts";
import {
	type HttpRequest,
	type ReplyOrPromise,
	toPath,
} from "../http/messages.ts";
import * as applications from "./applications.ts";
import * as deployments from "./deployments.ts";
import * as environments from "./environments.ts";
import * as versions from "./hosted-versions.ts";
import type { Operation, OperationContext } from "./operation.ts";
import { ControlPlaneError } from "./operation.ts";
import * as profiles from "./profiles.ts";
import * as strategies from "./strategies.ts";
import * as tags from "./tags.ts";

interface Route {
	readonly name: string;
	readonly method: string;
	readonly segments: readonly string[];
	readonly operation: Operation;
}

const ENVIRONMENTS = "applications/*/environments";
const PROFILES = "applications/*/configurationprofiles";
const VERSIONS = `${PROFILES}/*/hostedconfigurationversions`;
const DEPLOYMENTS = `${ENVIRONMENTS}/*/deployments`;

const ROUTES: readonly Route[] = [
	...routes(applications, {
		createApplication: "POST applications",
		listApplications: "GET applications",
		getApplication: "GET applications/*",
		updateApplication: "PATCH applications/*",
		deleteApplication: "DELETE applications/*",
	}),
	...routes(environments, {
		createEnvironment: `POST ${ENVIRONMENTS}`,
		listEnvironments: `GET ${ENVIRONMENTS}`,
		getEnvironment: `GET ${ENVIRONMENTS}/*`,
		updateEnvironment: `PATCH ${ENVIRONMENTS}/*`,
		deleteEnvironment: `DELETE ${ENVIRONMENTS}/*`,
	}),
	...routes(profiles, {
		createConfigurationProfile: `POST ${PROFILES}`,
		listConfigurationProfiles: `GET ${PROFILES}`,
		getConfigurationProfile: `GET ${PROFILES}/*`,
		updateConfigurationProfile: `PATCH ${PROFILES}/*`,
		deleteConfigurationProfile: `DELETE ${PROFILES}/*`,
		validateConfiguration: `POST ${PROFILES}/*/validators`,
	}),
	...routes(versions, {
		createHostedConfigurationVersion: `POST ${VERSIONS}`,
		listHostedConfigurationVersions: `GET ${VERSIONS}`,
		getHostedConfigurationVersion: `GET ${VERSIONS}/*`,
		deleteHostedConfigurationVersion: `DELETE ${VERSIONS}/*`,
	}),
	...routes(strategies, {
		createDeploymentStrategy: "POST deploymentstrategies",
		listDeploymentStrategies: "GET deploymentstrategies",
		getDeploymentStrategy: "GET deploymentstrategies/*",
		updateDeploymentStrategy: "PATCH deploymentstrategies/*",
		// The model spells the path of this one like that.
		deleteDeploymentStrategy: "DELETE deployementstrategies/*",
	}),
	...routes(deployments, {
		startDeployment: `POST ${DEPLOYMENTS}`,
		listDeployments: `GET ${DEPLOYMENTS}`,
		getDeployment: `GET ${DEPLOYMENTS}/*`,
		stopDeployment: `DELETE ${DEPLOYMENTS}/*`,
	}),
	...routes(tags, {
		listTagsForResource: "GET tags/*",
		tagResource: "POST tags/*",
		untagResource: "DELETE tags/*",
	}),
];

export interface ControlPlaneOptions extends OperationContext {
	/** Takes in what is in the directory now. */
	readonly refresh: (contents: boolean) => Promise<void>;
}

/** Answers undefined for paths that are not the control plane's. */
export function createControlPlane(
	options: ControlPlaneOptions,
): (request: HttpRequest) => OperationCall | undefined {
	return (request) => {
		const segments = toSegments(request.url);
		const route = ROUTES.find(
			(one) => one.method === request.method && matches(one.segments, segments),
		);
		if (!route) return undefined;
		return {
			operation: route.name,
			resources: () => toResources(options, segments.map(decode)),
			run: () => run(options, route, request, segments),
		};
	};
}

function toSegments(url: string): string[] {
	const arn = tags.toResourceArn(url);
	return arn === undefined
		? toPath(url).slice(1).split("/")
		: ["tags", encodeURIComponent(arn)];
}

async function run(
	options: ControlPlaneOptions,
	route: Route,
	...[request, segments]: [HttpRequest, readonly string[]]
): Promise<Awaited<ReplyOrPromise>> {
	await options.refresh(/Version|Deployment|Validate/.test(route.name));
	const ids = segments
		.filter((_, index) => route.segments[index] === "*")
		.map(decode);
	try {
		return await route.operation(options, request, ids);
	} catch (error) {
		if (error instanceof ControlPlaneError) return error.reply;
		throw error;
	}
}

const SINGULAR: Readonly<Record<string, string>> = {
	applications: "application",
	environments: "environment",
	configurationprofiles: "configurationprofile",
	hostedconfigurationversions: "hostedconfigurationversion",
	deployments: "deployment",
	deploymentstrategies: "deploymentstrategy",
	deployementstrategies: "deploymentstrategy",
};

/** The path's resource as ARNs spell it, with ids and with names; "*" for the lists at the top. */
function toResources(
	world: OperationContext,
	segments: readonly string[],
): readonly string[] {
	const [first, second = ""] = segments;
	if (first !== "tags") return spellResources(world, segments);
	const name = tags.toResourceName(second);
	return name === undefined
		? []
		: spellResources(world, name.split("/").map(toPlural));
}

function spellResources(
	{ store }: OperationContext,
	segments: readonly string[],
): readonly string[] {
	const [, application = ""] = segments;
	const spell = (text: (id: string, kind: string) => string) =>
		segments
			.flatMap((segment, index) => {
				const kind = segments[index - 1] ?? "";
				return index % 2 === 1
					? [SINGULAR[kind] ?? kind, text(segment, kind)]
					: [];
			})
			.join("/");
	const nameOf = (id: string, kind: string) => {
		if (kind === "applications") return store.get(kind, id)?.Name ?? id;
		const key = `${application}/${id}`;
		if (kind === "environments") return store.get(kind, key)?.Name ?? id;
		if (kind === "configurationprofiles")
			return store.get("profiles", key)?.Name ?? id;
		return id;
	};
	return segments.length === 1 ? ["*"] : [spell((id) => id), spell(nameOf)];
}

/** As paths spell what ARNs name: every second one is a kind of resource. */
function toPlural(segment: string, index: number): string {
	const plural = Object.entries(SINGULAR).find(([, one]) => one === segment);
	return index % 2 === 0 ? (plural?.[0] ?? segment) : segment;
}

function routes<M extends Record<string, unknown>>(
	module: M,
	paths: { readonly [K in keyof M]?: string },
): Route[] {
	return Object.entries(paths).map(([name, path]) => {
		const [method = "", pattern = ""] = String(path).split(" ");
		return {
			name: name.charAt(0).toUpperCase() + name.slice(1),
			method,
			segments: pattern.split("/"),
			operation: module[name] as Operation,
		};
	});
}

function matches(
	pattern: readonly string[],
	segments: readonly string[],
): boolean {
	return (
		pattern.length === segments.length &&
		pattern.every((part, index) =>
			part === "*" ? segments[index] !== "" : part === segments[index],
		)
	);
}

function decode(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch (error) {
		if (error instanceof URIError) return segment;
		throw error;
	}
}
