import {
	CONNECTION_KINDS,
	type ConnectionKind,
	DEFAULT_AGENT_URL,
	takesRole,
} from "../../core/connection/connection.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import { useAnnounce } from "../../ui/components/status.tsx";
import type {
	ConnectionForm,
	ConnectionFormState,
} from "../form/connection-form.ts";
import { Field, type FieldProps, type FieldText } from "../form/Field.tsx";
import { isKeyField, KEY_FIELDS, toKeyFields } from "../form/key-fields.ts";
import { PasteBox, useKeyPaste } from "../keys/PasteBox.tsx";

type Text = FieldText<keyof ConnectionForm & string>;

const KIND_NAMES: { readonly [K in ConnectionKind]: string } = {
	endpoint: "Emulator or custom endpoint",
	agent: "AppConfig Agent",
	keys: "Access keys",
	"credential-server": "Credential server on this machine",
	"identity-center": "IAM Identity Center",
};

const KIND_HINTS: { readonly [K in ConnectionKind]: string } = {
	endpoint:
		"http on this computer, or https anywhere. It gets dummy credentials unless you give it your own.",
	agent:
		"Gets configurations from the Agent that runs beside your application. Needs no AWS credentials: the Agent has its own.",
	keys: "Typed or pasted. Kept in memory until the browser closes, sent only to AWS, never shown again.",
	"credential-server":
		"For example aws-vault exec --ecs-server or aws-sso ecs server: any server with the protocol of AWS_CONTAINER_CREDENTIALS_FULL_URI. Keys are renewed before they expire.",
	"identity-center":
		"Opens your company's access portal in a tab to sign in, then you choose an account and a role. Renewed automatically as long as the portal allows.",
};

const KIND: Text = { field: "kind", name: "Authentication" };

const CONNECTION_NAME: Text = {
	field: "name",
	name: "Name",
	hint: "Display name. Defaults to the kind of connection.",
};

/** The fields of each kind, without its secrets. */
const KIND_FIELDS: { readonly [K in ConnectionKind]: readonly Text[] } = {
	endpoint: [
		{
			field: "url",
			name: "Endpoint",
			placeholder: "http://127.0.0.1:4772",
		},
		{
			field: "consent",
			name: "Host that may see your keys",
			hint: "Leave it empty to send dummy keys. To send your own keys to an https host that is not AWS's, type its name again: the people who run it can use your keys.",
			placeholder: "appconfig.example.com",
		},
	],
	agent: [
		{
			field: "url",
			name: "Agent URL",
			hint: `Defaults to ${DEFAULT_AGENT_URL}.`,
			placeholder: DEFAULT_AGENT_URL,
		},
	],
	keys: [],
	"credential-server": [
		{
			field: "url",
			name: "Credential server URL",
			placeholder: "http://127.0.0.1:4144/",
		},
	],
	"identity-center": [
		{
			field: "startUrl",
			name: "Access portal URL",
			placeholder: "https://d-1234567890.awsapps.com/start",
		},
		{
			field: "ssoRegion",
			name: "Identity Center Region",
			hint: "The Region of your company's Identity Center. The configuration may be in another one.",
			placeholder: "eu-west-1",
		},
	],
};

const BEARER: Text = {
	field: "bearerToken",
	name: "Authorization token",
	hint: "Only if the server was started with one (ACCESS_TOKEN, AWS_CONTAINER_AUTHORIZATION_TOKEN).",
};

const ROLE: readonly Text[] = [
	{
		field: "roleArn",
		name: "Role ARN",
		placeholder: "arn:aws:iam::123456789012:role/ReadConfiguration",
	},
	{
		field: "roleRegion",
		name: "STS Region",
		hint: "Defaults to us-east-1.",
		placeholder: "eu-west-1",
	},
	{ field: "externalId", name: "External ID" },
	{
		field: "mfaSerial",
		name: "MFA device",
		hint: "The device's ARN, if the role requires MFA. You enter the code after saving.",
		placeholder: "arn:aws:iam::123456789012:mfa/anna",
	},
];

/** Empty fields keep the secret that was given before. */
function secretFieldsOf(form: ConnectionForm): readonly Text[] {
	if (form.kind === "agent" || form.kind === "credential-server")
		return [BEARER];
	if (form.kind === "keys" || (form.kind === "endpoint" && form.consent.trim()))
		return KEY_FIELDS;
	return [];
}

function hasRole(form: ConnectionForm): boolean {
	return takesRole(form.kind as ConnectionKind);
}

export interface ConnectionFieldsProps {
	readonly state: ConnectionFormState;
	readonly entry: ConnectionSnapshot | undefined;
	/** Secrets are stored in the vault. */
	readonly hasVault: boolean;
}

export function ConnectionFields(props: ConnectionFieldsProps) {
	const { state, entry, hasVault } = props;
	const announce = useAnnounce();
	const { form } = state;
	const kind = form.kind as ConnectionKind;
	const paste = useKeyPaste((pasted) => {
		state.set(toKeyFields(pasted));
		announce("Filled in the keys. They are not kept until you save.");
	});
	const field = (text: Text, more?: Partial<FieldProps>) => (
		<Field
			key={text.field}
			text={text}
			value={form[text.field]}
			error={state.errors[text.field]}
			onInput={(value) =>
				state.set({
					[text.field]: value,
					// The expiry belongs to the pasted keys.
					...(isKeyField(text.field) ? { expiresAt: "" } : {}),
				})
			}
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
						{entry?.hasSecret &&
							" Leave the fields empty to keep the current secret."}
					</p>
					{secrets.length > 1 && <PasteBox paste={paste} />}
					{secrets.map((text) => field(text, { isSecret: true }))}
				</fieldset>
			)}
			{hasRole(form) && (
				<details class="role" open={Boolean(form.roleArn)}>
					<summary>Assume a role</summary>
					<p class="hint">
						Uses the credentials above. Sessions of the role can only read the
						configurations of this connection's profiles.
					</p>
					{ROLE.map((text) => field(text))}
				</details>
			)}
		</>
	);
}
