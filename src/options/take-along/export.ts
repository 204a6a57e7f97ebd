// Profiles and connections as a file: written without a secret, read with care. Its schema is docs/export.schema.json.
import type {
	Connection,
	ConnectionId,
} from "../../core/connection/connection.ts";
import {
	type ConnectionForm,
	EMPTY_CONNECTION_FORM,
	toConnectionForm,
} from "../../core/connection/connection-form.ts";
import { parseConnection } from "../../core/connection/parse-connection.ts";
import {
	EMPTY_FORM,
	type Profile,
	type ProfileForm,
	type ProfileId,
	parseProfile,
	toForm,
} from "../../core/profile.ts";
import { err, ok, type Result } from "../../core/result.ts";

export const FORMAT = "appconfig-inspector";
const FORMAT_VERSION = 1;

/** Forms, not records: what can be typed is what can be imported, and secrets are in none of them. */
export interface Exported {
	readonly profiles: readonly ProfileForm[];
	/** A profile's `connection` is a key of this. */
	readonly connections: ReadonlyMap<string, ConnectionForm>;
}

const MAX_LENGTH = 4 * 1024 * 1024;

export function toExport(
	profiles: readonly Profile[],
	connections: readonly Connection[],
): string {
	const used = new Set(profiles.map(({ connection }) => connection));
	const entries = connections
		.filter(({ id }) => used.has(id) || profiles.length !== 1)
		.map((connection) => [
			connection.id,
			filled(toSharedForm(connection), EMPTY_CONNECTION_FORM),
		]);
	return `${JSON.stringify(
		{
			format: FORMAT,
			version: FORMAT_VERSION,
			profiles: profiles.map((profile) => filled(toForm(profile), EMPTY_FORM)),
			connections: Object.fromEntries(entries),
		},
		null,
		"\t",
	)}\n`;
}

/** Consent to send keys to a host is given on each machine by its user; it never travels with an export. */
export function toSharedForm(connection: Connection): ConnectionForm {
	return { ...toConnectionForm(connection), consent: "" };
}

/** All of it or nothing; the error is a sentence for the user. */
export function parseExport(text: string): Result<Exported, string> {
	if (text.length > MAX_LENGTH) return err("This is too long to be an export.");
	const value = parseJson(text);
	if (!isRecord(value) || value.format !== FORMAT)
		return err("This is not an export of AppConfig Inspector.");
	if (value.version !== FORMAT_VERSION)
		return err(
			`It was written by a newer version of AppConfig Inspector (format ${String(value.version).slice(0, 20)}; this one reads ${FORMAT_VERSION}). Update the extension, then import it.`,
		);
	const { profiles, connections = {} } = value;
	if (!Array.isArray(profiles) || !isRecord(connections))
		return err("The export is damaged: it lists no profiles.");
	return check(profiles, connections);
}

function check(
	profiles: readonly unknown[],
	connections: Readonly<Record<string, unknown>>,
): Result<Exported, string> {
	const read = new Map<string, ConnectionForm>();
	for (const [key, value] of Object.entries(connections)) {
		const form = withoutConsent(toTexts(value, EMPTY_CONNECTION_FORM));
		const parsed = form && parseConnection(form, "" as ConnectionId);
		if (!form || !parsed?.ok)
			return err(damaged("connection", form?.name || key, parsed));
		read.set(key, { ...form, ...NO_SECRETS });
	}
	const forms: ProfileForm[] = [];
	for (const [index, value] of profiles.entries()) {
		const form = toTexts(value, EMPTY_FORM);
		const parsed = form && parseProfile(form, "" as ProfileId);
		if (!form || !parsed?.ok)
			return err(damaged("profile", form?.name || String(index + 1), parsed));
		if (form.connection && !read.has(form.connection))
			return err(
				`The profile “${form.name}” names a connection that is not in the file. Nothing was imported.`,
			);
		forms.push({ ...form, ...NO_KEYS });
	}
	return ok({ profiles: forms, connections: read });
}

// Exports of earlier versions carry it; a hostile one may.
function withoutConsent(
	form: ConnectionForm | undefined,
): ConnectionForm | undefined {
	return form && { ...form, consent: "" };
}

const NO_KEYS = {
	accessKeyId: "",
	secretAccessKey: "",
	sessionToken: "",
	expiresAt: "",
};
const NO_SECRETS = { ...NO_KEYS, bearerToken: "", expiresAt: "" };

function damaged(
	what: string,
	name: string,
	parsed:
		| Result<unknown, Readonly<Record<string, string | undefined>>>
		| undefined,
): string {
	const [field, words] =
		parsed && !parsed.ok ? (Object.entries(parsed.error)[0] ?? []) : [];
	const why = field ? ` ${field}: ${words}` : "";
	return `The ${what} “${name.slice(0, 60)}” cannot be read.${why} Nothing was imported.`;
}

// The same fields, each a text; what is missing is empty, what is unknown is left out.
function toTexts<F extends { readonly [K in keyof F]: string }>(
	value: unknown,
	empty: F,
): F | undefined {
	if (!isRecord(value)) return undefined;
	const entries = Object.keys(empty).map((key) => [key, value[key] ?? ""]);
	if (entries.some(([, text]) => typeof text !== "string")) return undefined;
	return Object.fromEntries(entries) as F;
}

function filled<F extends object>(form: F, empty: F): Partial<F> {
	return Object.fromEntries(
		Object.entries(form).filter(
			([key, text]) => text !== empty[key as keyof F] || key === "kind",
		),
	) as Partial<F>;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
