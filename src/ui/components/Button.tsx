export interface ButtonProps {
	readonly name: string;
	readonly icon?: IconName;
	readonly kind?: "plain" | "primary" | "danger";
	/** Never shows its text. */
	readonly bare?: boolean;
	readonly disabled?: boolean;
	readonly title?: string;
	/** Opens a menu. */
	readonly hasMenu?: boolean;
	readonly onClick: (button: HTMLButtonElement) => void;
}

export function Button(props: ButtonProps) {
	const { name, icon, kind = "plain", bare, disabled, onClick } = props;
	return (
		<button
			type="button"
			class={`button ${kind}${bare ? " bare" : ""}${icon ? " with-icon" : ""}`}
			aria-label={name}
			title={props.title ?? (icon && name)}
			disabled={disabled}
			aria-haspopup={props.hasMenu && "menu"}
			onClick={({ currentTarget }) => onClick(currentTarget)}
		>
			{icon && <Icon name={icon} />}
			{!bare && <span class="text">{name}</span>}
		</button>
	);
}

const PATHS = {
	poll: "M13 8a5 5 0 1 1-1.5-3.5M13 2.5v3h-3",
	pause: "M5.5 3.5v9M10.5 3.5v9",
	resume: "M5 3.5v9l7.5-4.5z",
	copy: "M6 5.5h6.5v8H6zM3.5 10.5v-8H10",
	add: "M8 3v10M3 8h10",
	edit: "M3 13l.6-2.6 7-7 2 2-7 7zM9.4 4.6l2 2",
	live: "M8 8h0M5 11a4.2 4.2 0 0 1 0-6M11 5a4.2 4.2 0 0 1 0 6M3 13a7 7 0 0 1 0-10M13 3a7 7 0 0 1 0 10",
	tab: "M9 3h4v4M13 3L7.5 8.5M6.5 3.5h-3v9h9v-3",
	swap: "M3 5.5h9M9.5 3L12 5.5 9.5 8M13 10.5H4M6.5 8L4 10.5 6.5 13",
	close: "M4 4l8 8M12 4l-8 8",
	compare: "M3 3.5h4v9H3zM9 3.5h4v9H9zM4.5 6h1M10.5 6h1M10.5 8h1",
	columns: "M3 3.5h10v9H3zM6.5 3.5v9M10 3.5v9",
	search: "M7 11.5a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9zM10.5 10.5l3 3",
	bell: "M4.5 11V7.2a3.5 3.5 0 0 1 7 0V11l1 1h-9zM7 13.5h2",
	more: "M4.5 6.5L8 10l3.5-3.5",
	dots: "M4 8h0M8 8h0M12 8h0",
	clock: "M8 13.5a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11zM8 5v3.2l2.2 1.3",
	"left-pane": "M3 3.5h10v9H3zM6 3.5v9",
	"right-pane": "M3 3.5h10v9H3zM10 3.5v9",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
	return <SvgIcon path={PATHS[name]} />;
}

/** What only some place draws, it brings along. */
export function SvgIcon({ path }: { path: string }) {
	return (
		<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
			<path d={path} />
		</svg>
	);
}
