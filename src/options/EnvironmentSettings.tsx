import {
	type EnvironmentChoice,
	type EnvironmentColor,
	environmentAppearance,
	MAX_ENVIRONMENT_LABEL_LENGTH,
	withEnvironmentChoice,
} from "../core/shared/environment.ts";
import { escapeInvisible } from "../core/shared/untrusted-text.ts";
import {
	EnvironmentChoices,
	EnvironmentLabel,
} from "../ui/components/EnvironmentLabel.tsx";
import { ForeignText } from "../ui/components/ForeignText.tsx";
import "../ui/components/environment-label.css";

const COLORS: readonly (readonly [EnvironmentColor, string])[] = [
	["production", "Magenta"],
	["staging", "Brown"],
	["development", "Teal"],
	["other", "Grey"],
];

export interface EnvironmentSettingsProps {
	/** The environments of the saved profiles, each once. */
	readonly names: readonly string[];
	readonly choices: readonly EnvironmentChoice[] | undefined;
	readonly onChange: (choices: readonly EnvironmentChoice[]) => void;
}

/** The colour and the label of each environment that a profile has. */
export function EnvironmentSettings(props: EnvironmentSettingsProps) {
	const { names, choices, onChange } = props;
	return (
		<section>
			<h2>Environments</h2>
			<p class="hint">
				{names.length === 0
					? "The environments of your profiles are listed here once there is a profile."
					: "The colour and the label tell production from the rest in popup, panel and notifications."}
			</p>
			<EnvironmentChoices.Provider value={choices}>
				{names.map((name) => (
					<Environment
						key={name}
						name={name}
						choices={choices}
						onChange={(choice) =>
							onChange(withEnvironmentChoice(choices, choice))
						}
					/>
				))}
			</EnvironmentChoices.Provider>
		</section>
	);
}

interface EnvironmentProps {
	readonly name: string;
	readonly choices: readonly EnvironmentChoice[] | undefined;
	readonly onChange: (choice: EnvironmentChoice) => void;
}

function Environment({ name, choices, onChange }: EnvironmentProps) {
	const { color, label } = environmentAppearance(name, choices);
	const shownName = escapeInvisible(name);
	return (
		<fieldset class="environment-setting">
			<legend>
				<ForeignText text={name} />
			</legend>
			<label>
				Colour{" "}
				<select
					aria-label={`Colour of ${shownName}`}
					value={color}
					onChange={({ currentTarget }) =>
						onChange({
							name,
							color: currentTarget.value as EnvironmentColor,
							...(label !== name && { label }),
						})
					}
				>
					{COLORS.map(([value, words]) => (
						<option key={value} value={value}>
							{words}
						</option>
					))}
				</select>
			</label>
			<label>
				Label{" "}
				<input
					aria-label={`Label of ${shownName}`}
					maxLength={MAX_ENVIRONMENT_LABEL_LENGTH}
					placeholder={shownName}
					value={label === name ? "" : label}
					onChange={({ currentTarget }) => {
						const typed = currentTarget.value.trim();
						onChange({
							name,
							color,
							...(typed && typed !== name && { label: typed }),
						});
					}}
				/>
			</label>
			<EnvironmentLabel name={name} />
			<EnvironmentLabel name={name} kind="filled" />
		</fieldset>
	);
}
