// The fields of a connection's form: which of them each kind has, what they are called and what to write there.
import type {
	Connection,
	ConnectionId,
	ConnectionKind,
} from "../../core/connection/connection.ts";
import {
	type ConnectionErrors,
	type ConnectionForm,
	DEFAULT_AGENT_URL,
	EMPTY_CONNECTION_FORM,
	SECRET_FIELDS,
} from "../../core/connection/connection-form.ts";
import { parseCredentials } from "../../core/connection/credentials.ts";
import {
	parseConnection,
	takesRole,
} from "../../core/connection/parse-connection.ts";
import { err, type Result } from "../../core/shared/result.ts";
import { type FieldText, KEYS } from "../profile/fields.ts";
import type { FormDefinition, FormState } from "../use-form.ts";

type Text = FieldText<keyof ConnectionForm & string>;
export type ConnectionFormState = FormState<ConnectionForm, Connection>;

export const KIND_NAMES: { readonly [K in ConnectionKind]: string } = {
	endpoint: "Emulator or custom endpoint",
	agent: "AppConfig Agent",
	keys: "Access keys",
	"credential-server": "Credential server on this machine",
	"identity-center": "IAM Identity Center",
};

export const KIND_HINTS: { readonly [K in ConnectionKind]: string } = {
	endpoint:
		"http on this machine or https anywhere. It gets fixed dummy credentials, unless you give it your own.",
	agent:
		"Asks the Agent that runs beside your application. No AWS credentials at all; the Agent has its own.",
	keys: "Typed or pasted. Kept in memory until the browser closes, sent only to AWS, never shown again.",
	"credential-server":
		"aws-vault exec --ecs-server, aws-sso ecs server, or whatever else speaks the protocol of AWS_CONTAINER_CREDENTIALS_FULL_URI. Keys are fetched anew before they end.",
	"identity-center":
		"Signs in through your company's access portal in a tab, then you choose the account and the role. Renewed by itself as long as the portal allows.",
};

export const KIND: Text = { field: "kind", name: "How it gets in" };

export const CONNECTION_NAME: Text = {
	field: "name",
	name: "Name",
	hint: "Display name. Defaults to the kind of connection.",
};

/** What each kind is made of, secrets apart. */
export const KIND_FIELDS: { readonly [K in ConnectionKind]: readonly Text[] } =
	{
		endpoint: [
			{
				field: "url",
				name: "Endpoint",
				placeholder: "http://127.0.0.1:4772",
			},
			{
				field: "consent",
				name: "Host that may see your keys",
				hint: "Leave it empty to send dummy keys. To send real ones to an https host that is not AWS's, type its name here once more: whoever runs it can use them.",
				placeholder: "appconfig.example.com",
			},
		],
		agent: [
			{
				field: "url",
				name: "Agent URL",
				hint: `Empty: ${DEFAULT_AGENT_URL}.`,
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
				hint: "Where your company's Identity Center is, whatever the Region of the configuration.",
				placeholder: "eu-west-1",
			},
		],
	};

export const BEARER: Text = {
	field: "bearerToken",
	name: "Authorization token",
	hint: "Only if it was started with one (ACCESS_TOKEN, AWS_CONTAINER_AUTHORIZATION_TOKEN).",
};

export const ROLE: readonly Text[] = [
	{
		field: "roleArn",
		name: "Role ARN",
		placeholder: "arn:aws:iam::123456789012:role/ReadConfiguration",
	},
	{
		field: "roleRegion",
		name: "STS Region",
		hint: "Empty: us-east-1.",
		placeholder: "eu-west-1",
	},
	{ field: "externalId", name: "External ID" },
	{
		field: "mfaSerial",
		name: "MFA device",
		hint: "Its ARN, if the role wants a code; you are asked for the code.",
		placeholder: "arn:aws:iam::123456789012:mfa/anna",
	},
];

/** The secret fields of a kind; empty ones leave what was given before. */
export function secretFieldsOf(form: ConnectionForm): readonly Text[] {
	if (form.kind === "agent" || form.kind === "credential-server")
		return [BEARER];
	if (form.kind === "keys" || (form.kind === "endpoint" && form.consent.trim()))
		return KEYS;
	return [];
}

export function hasRole(form: ConnectionForm): boolean {
	return takesRole(form.kind as ConnectionKind);
}

/** `old`: what is saved already. */
export function connectionFormOf(
	old: Connection | undefined,
): FormDefinition<ConnectionForm, Connection> {
	return {
		empty: EMPTY_CONNECTION_FORM,
		secrets: SECRET_FIELDS,
		order: Object.keys(EMPTY_CONNECTION_FORM) as (keyof ConnectionForm)[],
		check: (form) => checkForm(form, old),
	};
}

function checkForm(
	form: ConnectionForm,
	old: Connection | undefined,
): Result<Connection, ConnectionErrors> {
	const connection = parseConnection(form, "" as ConnectionId, old);
	const keys = parseCredentials(form);
	if (connection.ok && keys.ok) return connection;
	return err({
		...(connection.ok ? {} : connection.error),
		...(keys.ok ? {} : keys.error),
	});
}
