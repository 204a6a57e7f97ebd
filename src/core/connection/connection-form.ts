// The form a connection is typed into, and what it says once it is parsed.
import { type Connection, roleOf } from "./connection.ts";

/** What stands in the form's fields, as typed; only those of its kind count. */
export interface ConnectionForm {
	readonly kind: string;
	readonly name: string;
	/** endpoint, agent, credential-server. */
	readonly url: string;
	/** endpoint: the https host that may see the keys, typed once more. */
	readonly consent: string;
	/** agent, credential-server. */
	readonly bearerToken: string;
	readonly startUrl: string;
	readonly ssoRegion: string;
	/** keys, endpoint. */
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly sessionToken: string;
	/** Epoch ms as digits, where a pasted text told it. */
	readonly expiresAt: string;
	readonly roleArn: string;
	readonly roleRegion: string;
	readonly externalId: string;
	readonly mfaSerial: string;
}

/** One sentence per field that cannot be saved as it is. */
export type ConnectionErrors = {
	readonly [K in keyof ConnectionForm]?: string;
};

export const EMPTY_CONNECTION_FORM: ConnectionForm = {
	kind: "keys",
	name: "",
	url: "",
	consent: "",
	bearerToken: "",
	startUrl: "",
	ssoRegion: "",
	accessKeyId: "",
	secretAccessKey: "",
	sessionToken: "",
	expiresAt: "",
	roleArn: "",
	roleRegion: "",
	externalId: "",
	mfaSerial: "",
};

/** Never shown again once they were saved. */
export const SECRET_FIELDS = [
	"bearerToken",
	"accessKeyId",
	"secretAccessKey",
	"sessionToken",
	"expiresAt",
] as const satisfies readonly (keyof ConnectionForm)[];

export const DEFAULT_AGENT_URL = "http://localhost:2772";

/** A saved connection as a form; secrets are never part of it. */
export function toConnectionForm(connection: Connection): ConnectionForm {
	const role = roleOf(connection);
	return {
		...EMPTY_CONNECTION_FORM,
		kind: connection.kind,
		name: connection.name,
		...places(connection),
		roleArn: role?.arn ?? "",
		roleRegion: role?.region ?? "",
		externalId: role?.externalId ?? "",
		mfaSerial: role?.mfaSerial ?? "",
	};
}

function places(connection: Connection): Partial<ConnectionForm> {
	if (connection.kind === "keys") return {};
	if (connection.kind === "endpoint")
		return { url: connection.endpoint, consent: connection.consent ?? "" };
	if (connection.kind === "identity-center") {
		const { startUrl, ssoRegion } = connection;
		return { startUrl, ssoRegion };
	}
	return { url: connection.url };
}
