// A moment, told by its age, which moves; the exact time on hover.

import { useNow } from "../hooks/use-now.ts";
import { formatAge, formatTime } from "./age.ts";

export function Age({ at }: { at: number }) {
	const now = useNow(at);
	return (
		<time
			class="age"
			dateTime={new Date(at).toISOString()}
			title={formatTime(at)}
		>
			{formatAge(at, now)}
		</time>
	);
}
