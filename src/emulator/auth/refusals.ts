// What AWS's front door answers, before a service sees the request: 403, with a lower-case `message`.
// These are no part of AppConfig's model; names and texts are AWS's general ones.
import { errorReply } from "../http/errors.ts";
import type { Reply } from "../http/messages.ts";

export function missingAuthenticationToken(): Reply {
	return errorReply(403, "MissingAuthenticationTokenException", {
		message: "Missing Authentication Token",
	});
}

export function incompleteSignature(message: string): Reply {
	return errorReply(403, "IncompleteSignatureException", { message });
}

export function invalidSignature(message: string): Reply {
	return errorReply(403, "InvalidSignatureException", { message });
}

export function unrecognizedClient(): Reply {
	return errorReply(403, "UnrecognizedClientException", {
		message: "The security token included in the request is invalid.",
	});
}

export function expiredToken(): Reply {
	return errorReply(403, "ExpiredTokenException", {
		message: "The security token included in the request is expired",
	});
}

export function accessDenied(
	arn: string,
	action: string,
	resource: string,
): Reply {
	return errorReply(403, "AccessDeniedException", {
		Message: `User: ${arn} is not authorized to perform: ${action} on resource: ${resource}`,
	});
}
