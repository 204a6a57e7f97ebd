// Lets a call pass that is signed by somebody who may make it; the Agent's endpoints and those for tests need no signature.

import type { HttpRequest, OperationCall, Reply } from "../http/messages.ts";
import type { Clock } from "../shared/clock.ts";
import { isAllowed, type Principal } from "./policy.ts";
import { accessDenied } from "./refusals.ts";
import { verifySignature } from "./signature.ts";

/** The refusal, or undefined when the call may go on. */
export type Guard = (
	request: HttpRequest,
	call: OperationCall,
) => Reply | undefined;

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
			: accessDenied(principal.arn, action, arns[0] ?? "*");
	};
}
