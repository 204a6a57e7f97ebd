// Why there are no credentials or no list, in words.
import type { ControlRefusal } from "../../core/control-plane.ts";
import { titleOf } from "../../core/fault-titles.ts";

/** `Access denied: Allow appconfig:ListDeployments to see it.` */
export function refusalWords({ kind, detail }: ControlRefusal): string {
	const title = titleOf({ kind, detail, operation: "storage", at: 0 });
	return detail ? `${title}: ${detail}` : `${title}.`;
}
