// A connection's form, read: what is wrong with it by field, or the connection.

import { err, ok, type Result } from "../shared/result.ts";
import {
	type AssumedRole,
	CONNECTION_KINDS,
	type Connection,
	type ConnectionId,
	type ConnectionKind,
} from "./connection.ts";
import {
	type ConnectionErrors,
	type ConnectionForm,
	DEFAULT_AGENT_URL,
} from "./connection-form.ts";
import {
	isLoopback,
	isRegion,
	parseEndpoint,
	partitionOf,
} from "./endpoint.ts";

type WithoutName<C> = C extends Connection ? Omit<C, "id" | "name"> : never;
type Parsed = Result<WithoutName<Connection>, ConnectionErrors>;

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html and the API of STS. */
export const ROLE_ARN =
	/^arn:aws[a-z-]*:iam::(\d{12}):role\/[\w+=,.@/-]{1,512}$/;
export const MFA_SERIAL =
	/^(arn:aws[a-z-]*:iam::\d{12}:mfa\/[\w+=,.@/-]+|[\w]{9,64})$/;
export const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

/** `old`: what is saved under the same id; the account and role chosen after signing in are taken over from it. */
export function parseConnection(
	form: ConnectionForm,
	id: ConnectionId,
	old?: Connection,
): Result<Connection, ConnectionErrors> {
	const kind = CONNECTION_KINDS.find((each) => each === form.kind);
	if (!kind) return err({ kind: "Choose how this connection gets in." });
	const name = form.name.trim();
	const own = PARSERS[kind](form, old);
	const role = takesRole(kind) ? parseRole(form) : ok(undefined);
	const errors: ConnectionErrors = {
		...(name.length > 100 ? { name: "Use at most 100 characters." } : {}),
		...(own.ok ? {} : own.error),
		...(role.ok ? {} : role.error),
	};
	if (!own.ok || !role.ok || Object.keys(errors).length > 0) return err(errors);
	return ok({
		...own.value,
		...(role.value ? { role: role.value } : {}),
		id,
		name: name || defaultName(own.value),
	});
}

/** Whether a role can be assumed on top of connections of this kind. */
export function takesRole(kind: ConnectionKind): boolean {
	return kind !== "endpoint" && kind !== "agent";
}

const PARSERS: {
	readonly [K in ConnectionKind]: (
		form: ConnectionForm,
		old: Connection | undefined,
	) => Parsed;
} = {
	endpoint: parseEndpointConnection,
	agent: (form) => parseUrl(form.url.trim() || DEFAULT_AGENT_URL, "agent"),
	keys: () => ok({ kind: "keys" }),
	"credential-server": parseCredentialServer,
	"identity-center": parseIdentityCenter,
};

function parseEndpointConnection(form: ConnectionForm): Parsed {
	const endpoint = parseEndpoint(form.url);
	if (!endpoint.ok) return err({ url: endpoint.error });
	const { url, host } = endpoint.value;
	const consent = form.consent.trim().toLowerCase();
	if (!consent) return ok({ kind: "endpoint", endpoint: url });
	if (consent !== host)
		return err({
			consent: `To let this host see your keys, type its name exactly: ${host}.`,
		});
	if (!url.startsWith("https:"))
		return err({ consent: "Keys only ever go over https." });
	return ok({ kind: "endpoint", endpoint: url, consent });
}

function parseCredentialServer(form: ConnectionForm): Parsed {
	const parsed = parseUrl(form.url, "credential-server");
	if (!parsed.ok) return parsed;
	const endpoint = parseEndpoint(form.url);
	if (endpoint.ok && isLoopback(endpoint.value.host)) return parsed;
	return err({
		url: "A credential server runs on this machine: http://127.0.0.1 or http://localhost.",
	});
}

function parseUrl(text: string, kind: "agent" | "credential-server"): Parsed {
	const endpoint = parseEndpoint(text);
	return endpoint.ok
		? ok({ kind, url: endpoint.value.url })
		: err({ url: endpoint.error });
}

function parseIdentityCenter(
	form: ConnectionForm,
	old: Connection | undefined,
): Parsed {
	const startUrl = parseEndpoint(form.startUrl.trim().replace(/[#?].*$/, ""));
	const ssoRegion = form.ssoRegion.trim().toLowerCase();
	const isHttps = startUrl.ok && startUrl.value.scheme === "https";
	if (!isHttps || !isRegion(ssoRegion))
		return err({
			...(isHttps
				? {}
				: {
						startUrl:
							"Write the access portal's address, like https://d-1234567890.awsapps.com/start.",
					}),
			...(isRegion(ssoRegion)
				? {}
				: { ssoRegion: "Write the Identity Center's Region, like eu-west-1." }),
		});
	const { url } = startUrl.value;
	const isSame =
		old?.kind === "identity-center" &&
		old.startUrl === url &&
		old.ssoRegion === ssoRegion;
	return ok({
		kind: "identity-center",
		startUrl: url,
		ssoRegion,
		...(isSame && old.accountId ? { accountId: old.accountId } : {}),
		...(isSame && old.roleName ? { roleName: old.roleName } : {}),
	});
}

function parseRole(
	form: ConnectionForm,
): Result<AssumedRole | undefined, ConnectionErrors> {
	const arn = form.roleArn.trim();
	const region = form.roleRegion.trim().toLowerCase() || "us-east-1";
	const externalId = form.externalId.trim();
	const mfaSerial = form.mfaSerial.trim();
	if (!arn && !externalId && !mfaSerial) return ok(undefined);
	const errors: ConnectionErrors = {
		...(ROLE_ARN.test(arn)
			? {}
			: {
					roleArn:
						"Write the role's ARN, like arn:aws:iam::123456789012:role/ReadConfiguration.",
				}),
		...(isRegion(region)
			? {}
			: { roleRegion: "Write an AWS Region like eu-west-1." }),
		...(isRegion(region) && ROLE_ARN.test(arn) && !isOfPartition(arn, region)
			? {
					roleRegion: `The role is in the partition ${arn.split(":")[1]}: write a Region of that partition.`,
				}
			: {}),
		...(!externalId || EXTERNAL_ID.test(externalId)
			? {}
			: { externalId: "2 to 1224 letters, digits and +=,.@:/-_." }),
		...(!mfaSerial || MFA_SERIAL.test(mfaSerial)
			? {}
			: {
					mfaSerial:
						"Write the device's ARN, like arn:aws:iam::123456789012:mfa/anna, or the serial number on it.",
				}),
	};
	if (Object.keys(errors).length > 0) return err(errors);
	return ok({
		arn,
		region,
		...(externalId ? { externalId } : {}),
		...(mfaSerial ? { mfaSerial } : {}),
	});
}

/** Keys are sent to STS of the role's own partition, and to no other. */
function isOfPartition(arn: string, region: string): boolean {
	return arn.startsWith(`arn:${partitionOf(region).name}:`);
}

function defaultName(connection: WithoutName<Connection>): string {
	if (connection.kind === "keys") return "Keys";
	if (connection.kind === "agent") return "AppConfig Agent";
	if (connection.kind === "credential-server") return "Credential server";
	const url =
		connection.kind === "endpoint" ? connection.endpoint : connection.startUrl;
	return url.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}
