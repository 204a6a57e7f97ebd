import {
	type EnvironmentColor,
	proposeEnvironmentColor,
} from "../../core/profile/environment.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { ForeignText } from "./ForeignText.tsx";

export interface EnvironmentLabelProps {
	/** The environment's id or name. */
	readonly name: string;
	readonly kind?: "tinted" | "filled";
}

/** The name of an environment in its colour. */
export function EnvironmentLabel({
	name,
	kind = "tinted",
}: EnvironmentLabelProps) {
	return (
		<span
			class={`environment ${kind}`}
			data-environment={environmentColor(name)}
			title={escapeInvisible(name)}
		>
			<ForeignText text={name} />
		</span>
	);
}

/** For `data-environment`, which sets --env and --env-ground. */
export function environmentColor(name: string): EnvironmentColor {
	return proposeEnvironmentColor(name);
}
