// A moment, told by its age, which moves; the exact time on hover.

import { useNow } from "../hooks/use-now.ts";
import { age, exactTime } from "./age.ts";

export function Age({ at }: { at: number }) {
	const now = useNow(at);
	return (
		<time
			class="age"
			dateTime={new Date(at).toISOString()}
			title={exactTime(at)}
		>
			{age(at, now)}
		</time>
	);
}
