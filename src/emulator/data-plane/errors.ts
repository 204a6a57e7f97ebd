// https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_GetLatestConfiguration.html

import { errorReply } from "../http/errors.ts";
import type { Reply } from "../http/messages.ts";
import type { ResourceType } from "../registry/catalogue.ts";

export type Problem = "Corrupted" | "Expired" | "PollIntervalNotSatisfied";

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
