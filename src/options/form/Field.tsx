import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { ForeignText } from "../../ui/components/ForeignText.tsx";

/** The name of a field, and what to enter there. */
export interface FieldText<K extends string = string> {
	/** Its key in the form, and its id on the page. */
	readonly field: K;
	readonly name: string;
	readonly hint?: string;
	readonly placeholder?: string;
}

export interface FieldProps {
	readonly text: FieldText;
	readonly value: string;
	readonly error: string | undefined;
	readonly onInput: (value: string) => void;
	/** The id of a datalist. */
	readonly list?: string;
	readonly isSecret?: boolean;
	/** More than one line. */
	readonly rows?: number;
	/** A choice of these instead of text. */
	readonly choices?: readonly Choice[];
}

export interface Choice {
	readonly value: string;
	readonly name: string;
}

export function Field(props: FieldProps) {
	const { field, name, hint } = props.text;
	const { error } = props;
	return (
		<div class="field">
			<label for={field}>{name}</label>
			<Control {...props} />
			{error && (
				<p class="error" id={`${field}-error`}>
					<ForeignText text={error} />
				</p>
			)}
			{hint && (
				<p class="hint" id={`${field}-hint`}>
					{hint}
				</p>
			)}
		</div>
	);
}

function Control(props: FieldProps) {
	const { text, value, error, onInput, list, isSecret, rows, choices } = props;
	const { field, hint, placeholder } = text;
	const described = [hint && `${field}-hint`, error && `${field}-error`];
	const common = {
		id: field,
		name: field,
		value,
		"aria-invalid": error ? ("true" as const) : undefined,
		"aria-describedby": described.filter(Boolean).join(" ") || undefined,
	};
	const typing = {
		placeholder,
		autocomplete: "off",
		autocapitalize: "off",
		spellcheck: false,
	} as const;
	if (choices)
		return (
			<select
				{...common}
				onChange={({ currentTarget }) => onInput(currentTarget.value)}
			>
				{choices.map((choice) => (
					<option key={choice.value} value={choice.value}>
						{escapeInvisible(choice.name)}
					</option>
				))}
			</select>
		);
	if (rows)
		return (
			<textarea
				{...common}
				{...typing}
				rows={rows}
				onInput={({ currentTarget }) => onInput(currentTarget.value)}
			/>
		);
	const onTyped = ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
		onInput(currentTarget.value);
	if (isSecret)
		return <input {...common} {...typing} type="password" onInput={onTyped} />;
	return (
		<input
			{...common}
			{...typing}
			type="text"
			inputMode={field === "minimumPollIntervalSeconds" ? "numeric" : "text"}
			{...(list ? { list } : {})}
			onInput={onTyped}
		/>
	);
}
