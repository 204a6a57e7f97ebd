import { createContext } from "preact";
import { useContext } from "preact/hooks";
import {
	type EnvironmentChoice,
	type EnvironmentColor,
	environmentAppearance,
} from "../../core/shared/environment.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { ForeignText } from "./ForeignText.tsx";

export interface EnvironmentLabelProps {
	/** The environment's id or name. */
	readonly name: string;
	readonly kind?: "tinted" | "filled";
}

/** What the user has chosen in the settings. */
export const EnvironmentChoices = createContext<
	readonly EnvironmentChoice[] | undefined
>(undefined);

/** The name of an environment, or the label chosen for it, in its colour. */
export function EnvironmentLabel({
	name,
	kind = "tinted",
}: EnvironmentLabelProps) {
	const choices = useContext(EnvironmentChoices);
	const { color, label } = environmentAppearance(name, choices);
	return (
		<span
			class={`environment ${kind}`}
			data-environment={color}
			title={escapeInvisible(label === name ? name : `${label} (${name})`)}
		>
			<ForeignText text={label} />
		</span>
	);
}

/** Answers with the value for `data-environment`, which sets --env and --env-ground. */
export function useEnvironmentColor(): (name: string) => EnvironmentColor {
	const choices = useContext(EnvironmentChoices);
	return (name) => environmentAppearance(name, choices).color;
}
