// The switch between the views that a document has.
const NAMES = {
	tree: "Tree",
	pretty: "Formatted",
	flags: "Flags",
	raw: "Raw",
	hex: "Hex",
} as const;

export type ViewName = keyof typeof NAMES;

export interface ViewSwitchProps {
	readonly names: readonly ViewName[];
	readonly chosen: ViewName;
	readonly onChoose: (name: ViewName) => void;
}

export function ViewSwitch({ names, chosen, onChoose }: ViewSwitchProps) {
	if (names.length < 2) return null;
	return (
		<fieldset aria-label="View">
			{names.map((name) => (
				<button
					key={name}
					type="button"
					aria-pressed={name === chosen}
					onClick={() => onChoose(name)}
				>
					{NAMES[name]}
				</button>
			))}
		</fieldset>
	);
}
