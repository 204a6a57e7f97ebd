// How much of a document stands open: all of it, nothing, or so many levels.
export interface LevelButtonsProps {
	readonly onLevel: (level: number) => void;
}

const LEVELS = [1, 2, 3, 4, 5];

export function LevelButtons({ onLevel }: LevelButtonsProps) {
	return (
		<>
			<button
				type="button"
				aria-label="Expand all"
				title="Expand all"
				onClick={() => onLevel(Number.POSITIVE_INFINITY)}
			>
				<span class="boxed">+</span>
			</button>
			<button
				type="button"
				aria-label="Collapse all"
				title="Collapse all"
				onClick={() => onLevel(0)}
			>
				<span class="boxed">−</span>
			</button>
			<select
				aria-label="Expand to level"
				value=""
				onChange={(event) => {
					const { value } = event.currentTarget;
					if (value) onLevel(Number(value));
					event.currentTarget.value = "";
				}}
			>
				<option value="">Level</option>
				{LEVELS.map((level) => (
					<option key={level} value={level}>
						{level}
					</option>
				))}
			</select>
		</>
	);
}
