import { errorReply } from "../http/errors.ts";
import type { HttpRequest, OperationCall, Reply } from "../http/messages.ts";
import type { Clock } from "../shared/clock.ts";
import { isAllowed, type Principal } from "./policy.ts";
import { verifySignature } from "./signature.ts";

/** Returns a refusal, or undefined when the call is permitted. */
export type Guard = (
	request: HttpRequest,
	call: OperationCall,
) => Reply | undefined;

/** Verifies signature and permission. The Agent's and the testing endpoints need neither. */
export function createGuard(
	principals: readonly Principal[],
	clock: Clock,
): Guard {
	return (request, call) => {
		if (/^(Agent|Emulator)/.test(call.operation)) return undefined;
		const signed = verifySignature(request, principals, clock());
		if ("status" in signed) return signed;
		const { principal, region } = signed;
		const account = /^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(principal.arn)?.[1];
		const arns = (call.resources?.() ?? []).map((resource) =>
			resource === "*"
				? resource
				: `arn:aws:appconfig:${region}:${account ?? "*"}:${resource}`,
		);
		const action = `appconfig:${call.operation}`;
		return isAllowed(principal, action, arns)
			? undefined
			: errorReply(403, "AccessDeniedException", {
					Message: `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${arns[0] ?? "*"}`,
				});
	};
}
