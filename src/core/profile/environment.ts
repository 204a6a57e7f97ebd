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
