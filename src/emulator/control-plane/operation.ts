import { errorReply } from "../http/errors.ts";
import type { HttpRequest, Reply, ReplyOrPromise } from "../http/messages.ts";
import { omitUndefined } from "../registry/records.ts";
import type { LinearSteps } from "../registry/rollout.ts";
import type { Store } from "../registry/store.ts";
import type { Clock } from "../shared/clock.ts";
import { InvalidContentError } from "../validation/content-checks.ts";
import type { Validation } from "../validation/validation.ts";

export interface OperationContext {
	readonly store: Store;
	readonly clock: Clock;
	readonly validation: Validation;
	readonly linearSteps: LinearSteps;
}

/** Decoded. Empty unless the path of the operation has the parameter. */
export interface PathParameters {
	readonly ApplicationId: string;
	readonly EnvironmentId: string;
	readonly DeploymentNumber: string;
	readonly ConfigurationProfileId: string;
	readonly VersionNumber: string;
	readonly DeploymentStrategyId: string;
	readonly ResourceArn: string;
}

/** Throws, or rejects with, ControlPlaneError for the errors of AppConfig's API. */
export type Operation = (
	context: OperationContext,
	request: HttpRequest,
	parameters: PathParameters,
) => ReplyOrPromise;

export function noContent(): Reply {
	return { status: 204, headers: [], body: "", outcome: "ok" };
}

/** An error of AppConfig's API, with its reply. */
export class ControlPlaneError extends Error {
	readonly reply: Reply;
	constructor(reply: Reply, message: string) {
		super(message);
		this.reply = reply;
	}
}

/** https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_InvalidConfigurationDetail.html */
interface InvalidConfigurationDetail {
	readonly Constraint?: string;
	readonly Location?: string;
	readonly Reason: string;
	readonly Type?: string;
}

export function badRequest(Message: string): ControlPlaneError {
	return createError(400, "BadRequestException", { Message });
}

/** Waits for a check, and throws BadRequestException with the violations that it found. */
export async function refuseInvalid(check: Promise<void>): Promise<void> {
	try {
		await check;
	} catch (error) {
		if (!(error instanceof InvalidContentError)) throw error;
		throw createError(400, "BadRequestException", {
			Message: `The configuration ${error.message}`,
			Reason: "InvalidConfiguration",
			Details: { InvalidConfiguration: toDetails(error) },
		});
	}
}

function toDetails({
	type,
	violations,
}: InvalidContentError): readonly InvalidConfigurationDetail[] {
	return violations.map(({ location, reason, constraint }) => ({
		Type: type,
		Reason: reason,
		...omitUndefined({ Location: location, Constraint: constraint }),
	}));
}

export function notFound(ResourceName: string): ControlPlaneError {
	return createError(404, "ResourceNotFoundException", {
		Message: `${ResourceName} not found`,
		ResourceName,
	});
}

export function conflict(Message: string): ControlPlaneError {
	return createError(409, "ConflictException", { Message });
}

export function tooLarge(Size: number, Limit: number): ControlPlaneError {
	return createError(413, "PayloadTooLargeException", {
		Message: "The configuration is too large",
		Measure: "KILOBYTES",
		Limit: Limit / 1024,
		Size: Size / 1024,
	});
}

export function quotaExceeded(Message: string): ControlPlaneError {
	return createError(402, "ServiceQuotaExceededException", { Message });
}

function createError(
	status: number,
	type: string,
	members: Record<string, unknown> & { readonly Message: string },
): ControlPlaneError {
	return new ControlPlaneError(
		errorReply(status, type, members),
		members.Message,
	);
}
