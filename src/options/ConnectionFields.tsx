// The fields of a connection: its kind, where it leads, its secrets, and a role to assume on top.
import {
	CONNECTION_KINDS,
	type ConnectionKind,
} from "../core/connection/connection.ts";
import type { ConnectionForm } from "../core/connection/connection-form.ts";
import type { ConnectionSnapshot } from "../core/connection/connection-snapshot.ts";
import {
	CONNECTION_NAME,
	type ConnectionFormState,
	hasRole,
	KIND,
	KIND_HINTS,
	KIND_NAMES,
	PLACES,
	ROLE,
	secretsOf,
} from "./connection-fields.ts";
import { Field, type FieldProps } from "./Field.tsx";
import type { FieldText } from "./fields.ts";
import { KeyChooser } from "./KeyChooser.tsx";
import { useKeyPaste } from "./use-key-paste.ts";

export interface ConnectionFieldsProps {
	readonly state: ConnectionFormState;
	readonly entry: ConnectionSnapshot | undefined;
	readonly say: (text: string) => void;
}

export function ConnectionFields({ state, entry, say }: ConnectionFieldsProps) {
	const { form } = state;
	const kind = form.kind as ConnectionKind;
	const { choices, onPaste, choose } = useKeyPaste(state, say);
	const field = (
		text: FieldText<keyof ConnectionForm & string>,
		more?: Partial<FieldProps>,
	) => (
		<Field
			key={text.field}
			text={text}
			value={form[text.field]}
			error={state.errors[text.field]}
			onInput={(value) => state.set(text.field, value)}
			{...more}
		/>
	);
	const secrets = secretsOf(form);
	return (
		<>
			<fieldset>
				<legend>Connection</legend>
				<p class="hint">{KIND_HINTS[kind]}</p>
				{field(KIND, {
					choices: CONNECTION_KINDS.map((value) => ({
						value,
						name: KIND_NAMES[value],
					})),
				})}
				{field(CONNECTION_NAME)}
				{PLACES[kind].map((text) => field(text))}
			</fieldset>
			{secrets.length > 0 && (
				<fieldset onPaste={onPaste}>
					<legend>Secrets</legend>
					<p class="hint">
						Kept in memory until the browser closes, never shown again.
						{secrets.length > 1 &&
							" All three can be pasted at once, as any AWS tool prints them."}
						{entry?.hasSecret && " Leave empty to keep what was given before."}
					</p>
					<KeyChooser choices={choices} onChoose={choose} />
					{secrets.map((text) => field(text, { isSecret: true }))}
				</fieldset>
			)}
			{hasRole(form) && (
				<details class="role" open={Boolean(form.roleArn)}>
					<summary>Assume a role</summary>
					<p class="hint">
						With the credentials above. Its sessions are limited to reading the
						configurations of this connection's profiles.
					</p>
					{ROLE.map((text) => field(text))}
				</details>
			)}
		</>
	);
}
