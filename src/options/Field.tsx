// One field of the form: name, input, hint, and the message when it cannot be saved as it is.
import type { FieldText } from "./fields.ts";

export interface FieldProps {
	readonly text: FieldText;
	readonly value: string;
	readonly error: string | undefined;
	readonly onInput: (value: string) => void;
	/** The id of a datalist. */
	readonly list?: string;
	readonly isSecret?: boolean;
}

export function Field(props: FieldProps) {
	const { text, value, error, onInput, list, isSecret } = props;
	const { field, name, hint, placeholder } = text;
	const described = [hint && `${field}-hint`, error && `${field}-error`];
	return (
		<div class="field">
			<label for={field}>{name}</label>
			<input
				id={field}
				name={field}
				{...(isSecret ? { type: "password" } : { type: "text" })}
				inputMode={field === "minimumPollIntervalSeconds" ? "numeric" : "text"}
				autocomplete="off"
				autocapitalize="off"
				spellcheck={false}
				{...(list ? { list } : {})}
				value={value}
				placeholder={placeholder}
				aria-invalid={error ? "true" : undefined}
				aria-describedby={described.filter(Boolean).join(" ") || undefined}
				onInput={({ currentTarget }) => onInput(currentTarget.value)}
			/>
			{error && (
				<p class="error" id={`${field}-error`}>
					{error}
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
