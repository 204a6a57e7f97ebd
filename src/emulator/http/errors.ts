import { escapeInvisible } from "../shared/escape-invisible.ts";
import type { HttpRequest, Reply } from "./messages.ts";

/** An error reply in the form of AWS's REST JSON protocol: the type in a header, the members in the body. */
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

/** The message for a JSON body with another content type, or none. */
export function wrongContentType({ headers }: HttpRequest): string {
	const given = headers["content-type"];
	return `The Content-Type must be application/json${given === undefined ? "" : `, not ${escapeInvisible(given.slice(0, 100))}`} (curl: -H 'Content-Type: application/json')`;
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
