import type { Fault } from "../../core/session/fault.ts";
import { faultTitle } from "../../core/session/fault-titles.ts";
import { ChangedPath } from "../diff/ChangedPath.tsx";
import {
	type SummarizedVersions,
	useChangeSummary,
} from "../diff/use-change-summary.ts";

export interface NewsProps extends SummarizedVersions {
	/** The versions are compared once this is visible. */
	readonly element: { readonly current: Element | null };
}

/** The first value of a profile that changed since the user last looked. */
export function News({ id, version, before, element }: NewsProps) {
	const summary = useChangeSummary({ id, version, before }, element);
	const [first] = summary?.items ?? [];
	if (!summary) return null;
	if (!first) return summary.text;
	return <ChangedPath item={first} more={summary.total - 1} />;
}

/** Why a profile gets no configuration. */
export function Trouble({ fault }: { readonly fault: Fault }) {
	return faultTitle(fault);
}
