// The errors of the AppConfig Data model, as replies: names, status codes and members as the API model has them.
// Model: https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_GetLatestConfiguration.html

import type { HttpRequest, Reply } from "../http/messages.ts";
import { escapeInvisible } from "../shared/escape-invisible.ts";

export type Problem = "Corrupted" | "Expired" | "PollIntervalNotSatisfied";

export type ResourceType =
	| "Application"
	| "ConfigurationProfile"
	| "Deployment"
	| "Environment"
	| "Configuration";

export function errorReply(
	status: number,
	type: string,
	members: Record<string, unknown>,
	outcome = type.replace(/Exception$/, ""),
): Reply {
	return {
		status,
		headers: ["Content-Type", "application/json", "x-amzn-ErrorType", type],
		body: JSON.stringify(members),
		outcome,
	};
}

export function badRequest(message: string): Reply {
	return errorReply(400, "BadRequestException", { Message: message });
}

/** For a JSON body that is declared as something else, or as nothing. */
export function wrongContentType({ headers }: HttpRequest): string {
	const given = headers["content-type"];
	return `The Content-Type must be application/json${given === undefined ? "" : `, not ${escapeInvisible(given.slice(0, 100))}`} (curl: -H 'Content-Type: application/json')`;
}

export function invalidParameter(
	message: string,
	parameter: string,
	problem: Problem,
): Reply {
	return errorReply(
		400,
		"BadRequestException",
		{
			Message: message,
			Reason: "InvalidParameters",
			Details: { InvalidParameters: { [parameter]: { Problem: problem } } },
		},
		problem === "PollIntervalNotSatisfied" ? "too early" : problem,
	);
}

export function resourceNotFound(
	type: ResourceType,
	message: string,
	referencedBy: Record<string, string>,
): Reply {
	return errorReply(
		404,
		"ResourceNotFoundException",
		{ Message: message, ResourceType: type, ReferencedBy: referencedBy },
		`no ${type}`,
	);
}

export function throttled(message = "Rate exceeded"): Reply {
	return errorReply(429, "ThrottlingException", { Message: message });
}

export function internalError(): Reply {
	return errorReply(500, "InternalServerException", {
		Message: "Internal server error",
	});
}

export function unknownOperation(method: string, path: string): Reply {
	return errorReply(501, "UnknownOperationException", {
		Message: `This emulator has no operation for ${method} ${escapeInvisible(path.slice(0, 200))}`,
	});
}
