/** The colours that an environment may have; `other` is grey. */
export const ENVIRONMENT_COLORS = [
	"production",
	"staging",
	"development",
	"other",
] as const;
export type EnvironmentColor = (typeof ENVIRONMENT_COLORS)[number];

const NAMES: readonly (readonly [EnvironmentColor, RegExp])[] = [
	// Before production: `preprod` and `non-prod` are not.
	["staging", /stag|stg|pre-?prod|non-?prod|uat|accept|qa\b|test-?prod/i],
	["production", /prod|prd|live/i],
	["development", /dev|test|local|sandbox|sbx|play/i],
];

/** The colour that the name of an environment suggests. */
export function proposeEnvironmentColor(name: string): EnvironmentColor {
	return NAMES.find(([, pattern]) => pattern.test(name))?.[0] ?? "other";
}

/** What the user has chosen for an environment. */
export interface EnvironmentChoice {
	/** The id or name that profiles give for the environment. */
	readonly name: string;
	readonly color: EnvironmentColor;
	/** Shown instead of the name, 1–40 characters. */
	readonly label?: string;
}

export const MAX_ENVIRONMENT_CHOICES = 500;
export const MAX_ENVIRONMENT_LABEL_LENGTH = 40;

/** The chosen colour and label, or else the colour that the name suggests and the name itself. */
export function environmentAppearance(
	name: string,
	choices: readonly EnvironmentChoice[] | undefined,
): { readonly color: EnvironmentColor; readonly label: string } {
	const choice = choices?.find((each) => each.name === name);
	return {
		color: choice?.color ?? proposeEnvironmentColor(name),
		label: choice?.label ?? name,
	};
}

/** The choices with one put in; without it where it is what the name suggests anyway. */
export function withEnvironmentChoice(
	choices: readonly EnvironmentChoice[] | undefined,
	choice: EnvironmentChoice,
): readonly EnvironmentChoice[] {
	const others = (choices ?? []).filter(({ name }) => name !== choice.name);
	const isProposed =
		choice.label === undefined &&
		choice.color === proposeEnvironmentColor(choice.name);
	return isProposed ? others : [...others, choice];
}
