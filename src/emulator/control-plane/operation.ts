import { errorReply } from "../http/errors.ts";
import type { HttpRequest, Reply, ReplyOrPromise } from "../http/messages.ts";
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

/** Throws RefusalError for what the model calls an error. */
export type Operation = (
	world: OperationContext,
	request: HttpRequest,
	/** Of the path, decoded, in its order. */
	ids: readonly string[],
) => ReplyOrPromise;

export function noContent(): Reply {
	return { status: 204, headers: [], body: "", outcome: "ok" };
}

// The control plane's modelled errors, thrown where they are found and turned into replies in one place.
// https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/CommonErrors.html

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
	readonly Value?: string;
}

export function badRequest(Message: string): ControlPlaneError {
	return createError(400, "BadRequestException", { Message });
}

/** Waits for a check of a configuration, and refuses what it finds with BadRequestException. */
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
		...(location === undefined ? {} : { Location: location }),
		...(constraint === undefined ? {} : { Constraint: constraint }),
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
