// A moment, told by its age, which moves; the exact time on hover.
import { age, exactTime } from "./age.ts";
import { useNow } from "./use-now.ts";

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
