import type { ControlPlaneFault } from "../../core/protocol/control-plane.ts";
import { faultTitle } from "../../core/session/fault-titles.ts";

/**
 * The error of a call to the control plane or for credentials, as a sentence:
 * `Access denied: Allow appconfig:ListDeployments to see it. (ListDeployments at appconfig.eu-west-1.amazonaws.com, HTTP 403)`
 */
export function controlPlaneMessage(fault: ControlPlaneFault): string {
	const { kind, detail, operation, host, status } = fault;
	const title = faultTitle({ kind, operation });
	const place = [operation, host].filter(Boolean).join(" at ");
	const called = [place, status && `HTTP ${status}`].filter(Boolean).join(", ");
	const words = detail ? `${title}: ${detail}` : `${title}.`;
	return called ? `${words} (${called})` : words;
}
