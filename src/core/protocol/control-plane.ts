import type { CredentialsFault } from "../connection/credentials.ts";
import type { FaultKind, Operation } from "../session/fault.ts";

export const RESOURCE_LISTINGS = [
	"applications",
	"environments",
	"configurationprofiles",
] as const;
export type ResourceListing = (typeof RESOURCE_LISTINGS)[number];

/** An application, environment or configuration profile. */
export interface Resource {
	readonly id: string;
	readonly name: string;
	readonly description?: string;
	/** Of a configuration profile: `AWS.AppConfig.FeatureFlags`, `AWS.Freeform`. */
	readonly type?: string;
}

/** https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_Deployment.html */
export interface Deployment {
	readonly number: number;
	/** `DEPLOYING`, `BAKING`, `COMPLETE`, `ROLLED_BACK`, … */
	readonly state: string;
	readonly percentage: number;
	readonly configurationName?: string;
	readonly version?: string;
	readonly label?: string;
	/** `LINEAR`, `EXPONENTIAL`. */
	readonly growthType?: string;
	readonly growthFactor?: number;
	readonly durationMinutes?: number;
	readonly bakeMinutes?: number;
	/** Epoch ms. */
	readonly startedAt?: number;
	readonly completedAt?: number;
}

export interface DeploymentEvent {
	/** `PERCENTAGE_UPDATED`, `ROLLBACK_STARTED`, … */
	readonly type: string;
	readonly description: string;
	/** Epoch ms. */
	readonly at?: number;
}

/** A version in AppConfig's own store, deployed or not. */
export interface HostedVersion {
	readonly number: number;
	readonly description?: string;
	readonly label?: string;
	readonly contentType?: string;
}

export interface HostedContent {
	readonly contentType: string;
	/** Messages between pages and the background are JSON, which has no bytes. */
	readonly base64: string;
}

/** Why a call failed: there were no credentials, or the service refused it. */
export interface ControlPlaneFault {
	readonly kind:
		| CredentialsFault["kind"]
		| Extract<
				FaultKind,
				| "network"
				| "not-found"
				| "service-error"
				| "throttled"
				| "bad-request"
				| "forbidden"
		  >;
	/** A sentence for the user; for `permission-missing` the match pattern. */
	readonly detail: string;
	readonly host?: string;
	readonly operation?: Operation;
	readonly status?: number;
	/** The credentials are not allowed to make this call, and an IAM policy could allow it. */
	readonly policyHelps?: true;
}
