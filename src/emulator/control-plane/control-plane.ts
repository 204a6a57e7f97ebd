// The AppConfig control plane: finds the operation of a request and carries it out.
import {
	type HttpRequest,
	type OperationCall,
	type ReplyOrPromise,
	toPath,
} from "../http/messages.ts";
import type { Store } from "../registry/store.ts";
import * as applications from "./applications.ts";
import * as deployments from "./deployments.ts";
import * as environments from "./environments.ts";
import * as versions from "./hosted-versions.ts";
import {
	ControlPlaneError,
	type Operation,
	type OperationContext,
	type PathParameters,
} from "./operation.ts";
import * as profiles from "./profiles.ts";
import * as strategies from "./strategies.ts";
import * as tags from "./tags.ts";

const APPLICATION = "applications/{ApplicationId}";
const ENVIRONMENTS = `${APPLICATION}/environments`;
const ENVIRONMENT = `${ENVIRONMENTS}/{EnvironmentId}`;
const DEPLOYMENTS = `${ENVIRONMENT}/deployments`;
const DEPLOYMENT = `${DEPLOYMENTS}/{DeploymentNumber}`;
const PROFILES = `${APPLICATION}/configurationprofiles`;
const PROFILE = `${PROFILES}/{ConfigurationProfileId}`;
const VERSIONS = `${PROFILE}/hostedconfigurationversions`;
const VERSION = `${VERSIONS}/{VersionNumber}`;
const STRATEGY = "deploymentstrategies/{DeploymentStrategyId}";

/** Method and path as in https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_Operations.html */
const OPERATIONS: Readonly<Record<string, readonly [string, Operation]>> = {
	CreateApplication: ["POST applications", applications.createApplication],
	ListApplications: ["GET applications", applications.listApplications],
	GetApplication: [`GET ${APPLICATION}`, applications.getApplication],
	UpdateApplication: [`PATCH ${APPLICATION}`, applications.updateApplication],
	DeleteApplication: [`DELETE ${APPLICATION}`, applications.deleteApplication],

	CreateEnvironment: [`POST ${ENVIRONMENTS}`, environments.createEnvironment],
	ListEnvironments: [`GET ${ENVIRONMENTS}`, environments.listEnvironments],
	GetEnvironment: [`GET ${ENVIRONMENT}`, environments.getEnvironment],
	UpdateEnvironment: [`PATCH ${ENVIRONMENT}`, environments.updateEnvironment],
	DeleteEnvironment: [`DELETE ${ENVIRONMENT}`, environments.deleteEnvironment],

	CreateConfigurationProfile: [
		`POST ${PROFILES}`,
		profiles.createConfigurationProfile,
	],
	ListConfigurationProfiles: [
		`GET ${PROFILES}`,
		profiles.listConfigurationProfiles,
	],
	GetConfigurationProfile: [`GET ${PROFILE}`, profiles.getConfigurationProfile],
	UpdateConfigurationProfile: [
		`PATCH ${PROFILE}`,
		profiles.updateConfigurationProfile,
	],
	DeleteConfigurationProfile: [
		`DELETE ${PROFILE}`,
		profiles.deleteConfigurationProfile,
	],
	ValidateConfiguration: [
		`POST ${PROFILE}/validators`,
		profiles.validateConfiguration,
	],

	CreateHostedConfigurationVersion: [
		`POST ${VERSIONS}`,
		versions.createHostedConfigurationVersion,
	],
	ListHostedConfigurationVersions: [
		`GET ${VERSIONS}`,
		versions.listHostedConfigurationVersions,
	],
	GetHostedConfigurationVersion: [
		`GET ${VERSION}`,
		versions.getHostedConfigurationVersion,
	],
	DeleteHostedConfigurationVersion: [
		`DELETE ${VERSION}`,
		versions.deleteHostedConfigurationVersion,
	],

	CreateDeploymentStrategy: [
		"POST deploymentstrategies",
		strategies.createDeploymentStrategy,
	],
	ListDeploymentStrategies: [
		"GET deploymentstrategies",
		strategies.listDeploymentStrategies,
	],
	GetDeploymentStrategy: [`GET ${STRATEGY}`, strategies.getDeploymentStrategy],
	UpdateDeploymentStrategy: [
		`PATCH ${STRATEGY}`,
		strategies.updateDeploymentStrategy,
	],
	DeleteDeploymentStrategy: [
		// AWS's API has this spelling.
		"DELETE deployementstrategies/{DeploymentStrategyId}",
		strategies.deleteDeploymentStrategy,
	],

	StartDeployment: [`POST ${DEPLOYMENTS}`, deployments.startDeployment],
	ListDeployments: [`GET ${DEPLOYMENTS}`, deployments.listDeployments],
	GetDeployment: [`GET ${DEPLOYMENT}`, deployments.getDeployment],
	StopDeployment: [`DELETE ${DEPLOYMENT}`, deployments.stopDeployment],

	ListTagsForResource: ["GET tags/{ResourceArn}", tags.listTagsForResource],
	TagResource: ["POST tags/{ResourceArn}", tags.tagResource],
	UntagResource: ["DELETE tags/{ResourceArn}", tags.untagResource],
};

interface Route {
	readonly name: string;
	readonly method: string;
	readonly segments: readonly string[];
	readonly operation: Operation;
}

const ROUTES: readonly Route[] = Object.entries(OPERATIONS).map(
	([name, [methodAndPath, operation]]) => {
		const [method = "", path = ""] = methodAndPath.split(" ");
		return { name, method, segments: path.split("/"), operation };
	},
);

export interface ControlPlaneOptions extends OperationContext {
	/** Imports the resources of files, and their contents too if `contents` is set. */
	readonly refresh: (contents: boolean) => Promise<void>;
}

/** The result gives undefined for requests that are not the control plane's. */
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
			resources: () => resourcesOf(options.store, segments),
			run: () =>
				run(options, route, {
					request,
					parameters: toParameters(route.segments, segments),
				}),
		};
	};
}

async function run(
	options: ControlPlaneOptions,
	{ name, operation }: Route,
	call: { readonly request: HttpRequest; readonly parameters: PathParameters },
): Promise<Awaited<ReplyOrPromise>> {
	await options.refresh(/Version|Deployment|Validate/.test(name));
	try {
		return await operation(options, call.request, call.parameters);
	} catch (error) {
		if (error instanceof ControlPlaneError) return error.reply;
		throw error;
	}
}

/** The decoded segments of the path. An ARN is one segment, although some clients do not escape its slashes. */
function toSegments(url: string): readonly string[] {
	const arn = tags.toArnFromPath(url);
	return arn === undefined
		? toPath(url).slice(1).split("/").map(decode)
		: ["tags", arn];
}

function decode(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch (error) {
		if (error instanceof URIError) return segment;
		throw error;
	}
}

function matches(
	template: readonly string[],
	segments: readonly string[],
): boolean {
	return (
		template.length === segments.length &&
		template.every((part, index) =>
			isParameter(part) ? segments[index] !== "" : part === segments[index],
		)
	);
}

function isParameter(part: string): boolean {
	return part.startsWith("{");
}

function toParameters(
	template: readonly string[],
	segments: readonly string[],
): PathParameters {
	const parameters = {
		ApplicationId: "",
		EnvironmentId: "",
		DeploymentNumber: "",
		ConfigurationProfileId: "",
		VersionNumber: "",
		DeploymentStrategyId: "",
		ResourceArn: "",
	};
	const found = template.flatMap((part, index) =>
		isParameter(part) ? [[part.slice(1, -1), segments[index]]] : [],
	);
	return { ...parameters, ...Object.fromEntries(found) };
}

/** Kinds of resources: in paths, and in ARNs. */
const RESOURCE_TYPES: Readonly<Record<string, string>> = {
	applications: "application",
	environments: "environment",
	configurationprofiles: "configurationprofile",
	hostedconfigurationversions: "hostedconfigurationversion",
	deployments: "deployment",
	deploymentstrategies: "deploymentstrategy",
	deployementstrategies: "deploymentstrategy",
};

/** The resource of a path as ARNs spell it, with ids and with names; "*" for the lists at the top. */
function resourcesOf(
	store: Store,
	segments: readonly string[],
): readonly string[] {
	const [first, second = ""] = segments;
	if (first !== "tags") return spellResources(store, segments);
	const name = tags.parseResourceArn(second);
	return name === undefined
		? []
		: spellResources(store, name.split("/").map(toPathSegment));
}

function spellResources(
	store: Store,
	segments: readonly string[],
): readonly string[] {
	if (segments.length === 1) return ["*"];
	const [, application = ""] = segments;
	const spell = (identify: (kind: string, id: string) => string) =>
		segments
			.flatMap((id, index) => {
				const kind = segments[index - 1] ?? "";
				return index % 2 === 1
					? [RESOURCE_TYPES[kind] ?? kind, identify(kind, id)]
					: [];
			})
			.join("/");
	const nameOf = (kind: string, id: string) => {
		if (kind === "applications") return store.get(kind, id)?.Name ?? id;
		const key = `${application}/${id}`;
		if (kind === "environments") return store.get(kind, key)?.Name ?? id;
		if (kind === "configurationprofiles")
			return store.get("profiles", key)?.Name ?? id;
		return id;
	};
	return [spell((_, id) => id), spell(nameOf)];
}

/** Converts the segments of an ARN, kinds and ids in turn, to those of a path. */
function toPathSegment(segment: string, index: number): string {
	if (index % 2 === 1) return segment;
	const types = Object.entries(RESOURCE_TYPES);
	return types.find(([, type]) => type === segment)?.[0] ?? segment;
}
