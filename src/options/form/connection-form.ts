import {
	type AssumedRole,
	CONNECTION_KINDS,
	type ConnectionDraft,
	type ConnectionSecret,
	DEFAULT_AGENT_URL,
	EXTERNAL_ID,
	isConsentGiven,
	isRegionOfRole,
	MAX_NAME_LENGTH,
	MFA_SERIAL,
	ROLE_ARN,
	roleOf,
	secretKindOf,
	takesRole,
} from "../../core/connection/connection.ts";
import { BEARER_TOKEN } from "../../core/connection/credentials.ts";
import {
	isLoopback,
	isRegion,
	parseEndpoint,
} from "../../core/connection/endpoint.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import {
	EMPTY_KEY_FIELDS,
	type KeyFields,
	parseKeyFields,
} from "./key-fields.ts";
import {
	collectErrors,
	type FieldErrors,
	type FormDefinition,
	type FormState,
} from "./use-form.ts";

/** The texts in the fields of a connection's form, as typed; only those of its kind count. */
export interface ConnectionForm extends KeyFields {
	readonly kind: string;
	readonly name: string;
	/** endpoint, agent, credential-server. */
	readonly url: string;
	/** endpoint: the name of the https host that may see the keys, typed again. */
	readonly consent: string;
	/** agent, credential-server. */
	readonly bearerToken: string;
	readonly startUrl: string;
	readonly ssoRegion: string;
	readonly roleArn: string;
	readonly roleRegion: string;
	readonly externalId: string;
	readonly mfaSerial: string;
}

/** The values of a valid form. */
export interface ConnectionInput {
	readonly connection: ConnectionDraft;
	/** Absent when the secret fields are empty. */
	readonly secret?: ConnectionSecret;
}

export type ConnectionFormState = FormState<ConnectionForm, ConnectionInput>;

type Errors = FieldErrors<ConnectionForm>;
/** A connection without its name and its role. */
type Target = WithoutName<ConnectionDraft>;
type WithoutName<C> = C extends ConnectionDraft
	? Omit<C, "name" | "role">
	: never;

export const EMPTY_CONNECTION_FORM: ConnectionForm = {
	kind: "keys",
	name: "",
	url: "",
	consent: "",
	bearerToken: "",
	startUrl: "",
	ssoRegion: "",
	...EMPTY_KEY_FIELDS,
	roleArn: "",
	roleRegion: "",
	externalId: "",
	mfaSerial: "",
};

export const CONNECTION_FORM: FormDefinition<ConnectionForm, ConnectionInput> =
	{
		empty: EMPTY_CONNECTION_FORM,
		secrets: [
			"bearerToken",
			...(Object.keys(EMPTY_KEY_FIELDS) as (keyof KeyFields)[]),
		],
		order: Object.keys(EMPTY_CONNECTION_FORM) as (keyof ConnectionForm)[],
		parse: parseConnectionForm,
	};

/** Secrets are never part of it. */
export function toConnectionForm(connection: ConnectionDraft): ConnectionForm {
	const role = roleOf(connection);
	return {
		...EMPTY_CONNECTION_FORM,
		kind: connection.kind,
		name: connection.name,
		...targetFields(connection),
		roleArn: role?.arn ?? "",
		roleRegion: role?.region ?? "",
		externalId: role?.externalId ?? "",
		mfaSerial: role?.mfaSerial ?? "",
	};
}

function targetFields(connection: ConnectionDraft): Partial<ConnectionForm> {
	switch (connection.kind) {
		case "keys":
			return {};
		case "endpoint":
			return { url: connection.endpoint, consent: connection.consent ?? "" };
		case "identity-center": {
			const { startUrl, ssoRegion } = connection;
			return { startUrl, ssoRegion };
		}
		default:
			return { url: connection.url };
	}
}

export function parseConnectionForm(
	form: ConnectionForm,
): Result<ConnectionInput, Errors> {
	const kind = CONNECTION_KINDS.find((each) => each === form.kind);
	if (!kind) return err({ kind: "Choose how this connection authenticates." });
	const target = parseTarget(kind, form);
	const role = takesRole(kind) ? parseRole(form) : ok(undefined);
	const secret = parseSecret(kind, form);
	const name = form.name.trim();
	const errors = collectErrors<ConnectionForm>({
		name:
			name.length > MAX_NAME_LENGTH
				? `Use at most ${MAX_NAME_LENGTH} characters.`
				: undefined,
		...(target.ok ? {} : target.error),
		...(role.ok ? {} : role.error),
		...(secret.ok ? {} : secret.error),
	});
	if (errors || !target.ok || !role.ok || !secret.ok) return err(errors ?? {});
	const connection: ConnectionDraft = {
		...target.value,
		...(role.value ? { role: role.value } : {}),
		name: name || defaultName(target.value).slice(0, MAX_NAME_LENGTH),
	};
	return ok({ connection, ...(secret.value ? { secret: secret.value } : {}) });
}

function parseTarget(
	kind: ConnectionDraft["kind"],
	form: ConnectionForm,
): Result<Target, Errors> {
	switch (kind) {
		case "endpoint":
			return parseCustomEndpoint(form);
		case "agent":
			return parseUrl(kind, form.url.trim() || DEFAULT_AGENT_URL);
		case "keys":
			return ok({ kind });
		case "credential-server":
			return parseCredentialServer(form);
		case "identity-center":
			return parseIdentityCenter(form);
	}
}

function parseCustomEndpoint(form: ConnectionForm): Result<Target, Errors> {
	const parsed = parseEndpoint(form.url);
	if (!parsed.ok) return err({ url: parsed.error });
	const { url: endpoint, host } = parsed.value;
	const consent = form.consent.trim().toLowerCase();
	if (!consent) return ok({ kind: "endpoint", endpoint });
	if (consent !== host)
		return err({
			consent: `To let this host see your keys, type its name exactly: ${host}.`,
		});
	return isConsentGiven({ endpoint, consent })
		? ok({ kind: "endpoint", endpoint, consent })
		: err({ consent: "Keys are sent over https only." });
}

function parseCredentialServer(form: ConnectionForm): Result<Target, Errors> {
	const parsed = parseEndpoint(form.url);
	if (parsed.ok && !isLoopback(parsed.value.host))
		return err({
			url: "A credential server runs on this computer: use http://127.0.0.1 or http://localhost.",
		});
	return parseUrl("credential-server", form.url);
}

function parseUrl(
	kind: "agent" | "credential-server",
	text: string,
): Result<Target, Errors> {
	const parsed = parseEndpoint(text);
	return parsed.ok
		? ok({ kind, url: parsed.value.url })
		: err({ url: parsed.error });
}

function parseIdentityCenter(form: ConnectionForm): Result<Target, Errors> {
	const portal = parseEndpoint(form.startUrl.trim().replace(/[#?].*$/, ""));
	const ssoRegion = form.ssoRegion.trim().toLowerCase();
	const isPortal = portal.ok && portal.value.scheme === "https";
	const errors = collectErrors<ConnectionForm>({
		startUrl: isPortal
			? undefined
			: "Enter the access portal's URL, like https://d-1234567890.awsapps.com/start.",
		ssoRegion: isRegion(ssoRegion)
			? undefined
			: "Enter the Identity Center's Region, like eu-west-1.",
	});
	if (errors || !isPortal) return err(errors ?? {});
	return ok({ kind: "identity-center", startUrl: portal.value.url, ssoRegion });
}

function parseRole(
	form: ConnectionForm,
): Result<AssumedRole | undefined, Errors> {
	const arn = form.roleArn.trim();
	const region = form.roleRegion.trim().toLowerCase() || "us-east-1";
	const externalId = form.externalId.trim();
	const mfaSerial = form.mfaSerial.trim();
	if (!arn && !externalId && !mfaSerial) return ok(undefined);
	const errors = collectErrors<ConnectionForm>({
		roleArn: ROLE_ARN.test(arn)
			? undefined
			: "Enter the role's ARN, like arn:aws:iam::123456789012:role/ReadConfiguration.",
		roleRegion: roleRegionError(arn, region),
		externalId:
			!externalId || EXTERNAL_ID.test(externalId)
				? undefined
				: "Use 2 to 1224 letters, digits and +=,.@:/-_.",
		mfaSerial:
			!mfaSerial || MFA_SERIAL.test(mfaSerial)
				? undefined
				: "Enter the device's ARN, like arn:aws:iam::123456789012:mfa/anna, or the serial number on it.",
	});
	if (errors) return err(errors);
	return ok({
		arn,
		region,
		...(externalId ? { externalId } : {}),
		...(mfaSerial ? { mfaSerial } : {}),
	});
}

function roleRegionError(arn: string, region: string): string | undefined {
	if (!isRegion(region)) return "Enter an AWS Region like eu-west-1.";
	if (!ROLE_ARN.test(arn) || isRegionOfRole({ arn, region })) return undefined;
	return `The role is in the partition ${arn.split(":")[1]}. Enter a Region of that partition.`;
}

function parseSecret(
	kind: ConnectionDraft["kind"],
	form: ConnectionForm,
): Result<ConnectionSecret | undefined, Errors> {
	const secretKind = secretKindOf(kind);
	if (secretKind === "keys") {
		const keys = parseKeyFields(form);
		if (!keys.ok) return keys;
		return ok(keys.value && { kind: secretKind, keys: keys.value });
	}
	const token = form.bearerToken.trim();
	if (!secretKind || !token) return ok(undefined);
	return BEARER_TOKEN.test(token)
		? ok({ kind: secretKind, token })
		: err({
				bearerToken: "A token contains no line breaks or special characters.",
			});
}

function defaultName(target: Target): string {
	if (target.kind === "keys") return "Keys";
	if (target.kind === "agent") return "AppConfig Agent";
	if (target.kind === "credential-server") return "Credential server";
	const url = target.kind === "endpoint" ? target.endpoint : target.startUrl;
	return url.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}
