import { useRef } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { ForeignText } from "../components/ForeignText.tsx";
import { ChangedPath } from "../diff/ChangedPath.tsx";
import { useChangeSummary } from "../diff/use-change-summary.ts";

export interface ChangeSummaryProps {
	readonly id: ProfileId;
	readonly version: Version;
	/** The version before; absent for the oldest one. */
	readonly before: Version | undefined;
}

/** Characters in a row of the narrowest column that the history has. */
const COLUMNS = 38;

/** Says what changed in a version: the first path with its values, and how many more there are. */
export function ChangeSummary({ id, version, before }: ChangeSummaryProps) {
	const element = useRef<HTMLSpanElement>(null);
	const summary = useChangeSummary(before && { id, before, version }, element);
	if (!before)
		return (
			<span class="change-summary">
				<span class="text">First version seen</span>
			</span>
		);
	const [first] = summary?.items ?? [];
	// `2 changed; encoding too`: the values do not show it.
	const hidden = summary?.text.split("; ")[1];
	const title =
		summary && `${summary.text}, compared with version ${before.number}`;
	return (
		<span
			class="change-summary"
			ref={element}
			title={title && escapeInvisible(title)}
		>
			{first ? (
				<>
					<ChangedPath
						item={first}
						more={(summary?.total ?? 1) - 1}
						columns={COLUMNS}
					/>
					{hidden && <span class="text">{hidden}</span>}
				</>
			) : (
				<span class="text">
					{summary && <ForeignText text={summary.text} />}
				</span>
			)}
		</span>
	);
}
