// The fields that say which configuration to ask for, where, and how often.
import { Field } from "./Field.tsx";
import {
	ENDPOINT,
	type FieldText,
	IDENTIFIERS,
	INTERVAL,
	NAME,
	REGION,
} from "./fields.ts";
import { REGIONS } from "./regions.ts";
import type { FormState } from "./use-form.ts";

export function PlaceFields({ state }: { state: FormState }) {
	const field = (text: FieldText, list?: string) => (
		<Field
			key={text.field}
			text={text}
			value={state.form[text.field]}
			error={state.errors[text.field]}
			onInput={(value) => state.set(text.field, value)}
			{...(list ? { list } : {})}
		/>
	);
	return (
		<>
			<fieldset>
				<legend>Configuration</legend>
				<p class="hint">
					Each of the three identifiers is the id or the name that it has in AWS
					AppConfig. An ARN, a console address or the CLI line of
					start-configuration-session, pasted into one of them, fills in all it
					names.
				</p>
				{field(NAME)}
				{IDENTIFIERS.map((text) => field(text))}
			</fieldset>
			<fieldset>
				<legend>Service</legend>
				{field(REGION, "regions")}
				{field(ENDPOINT)}
				{field(INTERVAL)}
				<datalist id="regions">
					{REGIONS.map((region) => (
						<option key={region} value={region} />
					))}
				</datalist>
			</fieldset>
		</>
	);
}
