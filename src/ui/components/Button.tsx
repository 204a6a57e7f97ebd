// A button with an icon; where there is no room its text gives way, its name stays.
import { Icon, type IconName } from "./Icon.tsx";

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
