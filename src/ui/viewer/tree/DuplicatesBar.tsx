// That keys stand more than once in their object, and the way to them.
import { nextMatch } from "../find/use-find.ts";

export interface DuplicatesBarProps {
	readonly duplicates: ReadonlySet<number>;
	readonly selected: number;
	readonly onGo: (node: number) => void;
}

export function DuplicatesBar(props: DuplicatesBarProps) {
	const { duplicates, selected, onGo } = props;
	if (duplicates.size === 0) return null;
	const goOn = () => {
		const inOrder = [...duplicates].sort((a, b) => a - b);
		onGo(nextMatch(inOrder, selected, 1) ?? 0);
	};
	return (
		<p class="problem note">
			{duplicates.size} keys stand more than once in their object. Most readers
			keep the last of each.{" "}
			<button type="button" class="link" onClick={goOn}>
				Show the next
			</button>
		</p>
	);
}
