// The control plane's modelled errors, thrown where they are found and turned into replies in one place.
// https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/CommonErrors.html
import { errorReply } from "../http/errors.ts";
import type { Reply } from "../http/messages.ts";

export class ControlPlaneError extends Error {
	readonly reply: Reply;
	constructor(reply: Reply, message: string) {
		super(message);
		this.reply = reply;
	}
}

export interface InvalidConfigurationDetail {
	readonly Constraint?: string;
	readonly Location?: string;
	readonly Reason: string;
	readonly Type?: string;
	readonly Value?: string;
}

export function badRequest(Message: string): ControlPlaneError {
	return createError(400, "BadRequestException", { Message });
}

export function invalidConfiguration(
	Message: string,
	InvalidConfiguration: readonly InvalidConfigurationDetail[],
): ControlPlaneError {
	return createError(400, "BadRequestException", {
		Message,
		Reason: "InvalidConfiguration",
		Details: { InvalidConfiguration },
	});
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
