// The fields of a connection: its kind, where it leads, its secrets, and a role to assume on top.
import {
	CONNECTION_KINDS,
	type ConnectionKind,
} from "../../core/connection/connection.ts";
import type { ConnectionForm } from "../../core/connection/connection-form.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { PastedKeys } from "../../core/connection/pasted-credentials.ts";
import { Field, type FieldProps } from "../Field.tsx";
import { PasteBox } from "../keys/PasteBox.tsx";
import { useKeyPaste } from "../keys/use-key-paste.ts";
import type { FieldText } from "../profile/fields.ts";
import { isKeyField, toKeyFields } from "../profile/paste.ts";
import {
	CONNECTION_NAME,
	type ConnectionFormState,
	hasRole,
	KIND,
	KIND_FIELDS,
	KIND_HINTS,
	KIND_NAMES,
	ROLE,
	secretFieldsOf,
} from "./connection-fields.ts";

export interface ConnectionFieldsProps {
	readonly state: ConnectionFormState;
	readonly entry: ConnectionSnapshot | undefined;
	/** What is given is sealed in it. */
	readonly hasVault: boolean;
	readonly say: (text: string) => void;
}

export function ConnectionFields(props: ConnectionFieldsProps) {
	const { state, entry, hasVault, say } = props;
	const { form } = state;
	const kind = form.kind as ConnectionKind;
	const paste = useKeyPaste((pasted) => fillKeys(state, pasted, say));
	const field = (
		text: FieldText<keyof ConnectionForm & string>,
		more?: Partial<FieldProps>,
	) => (
		<Field
			key={text.field}
			text={text}
			value={form[text.field]}
			error={state.errors[text.field]}
			onInput={(value) => {
				state.set(text.field, value);
				// It was told of others.
				if (isKeyField(text.field)) state.set("expiresAt", "");
			}}
			{...more}
		/>
	);
	const secrets = secretFieldsOf(form);
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
				{KIND_FIELDS[kind].map((text) => field(text))}
			</fieldset>
			{secrets.length > 0 && (
				<fieldset onPaste={paste.onPaste}>
					<legend>Secrets</legend>
					<p class="hint">
						{hasVault
							? "Kept in the vault, never shown again."
							: "Kept in memory until the browser closes, never shown again."}
						{entry?.hasSecret && " Leave empty to keep what was given before."}
					</p>
					{secrets.length > 1 && <PasteBox paste={paste} />}
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

function fillKeys(
	state: ConnectionFormState,
	pasted: PastedKeys,
	say: (text: string) => void,
): void {
	for (const [field, value] of Object.entries(toKeyFields(pasted)))
		state.set(field as keyof ConnectionForm, value);
	say("Filled in the keys. They are not kept before you save.");
}
