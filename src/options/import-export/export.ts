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
	duplicateNames,
	jsonErrorLine,
} from "../../core/connection/pasted-json.ts";
import {
	EMPTY_PROFILE_FORM,
	type Profile,
	type ProfileForm,
	type ProfileId,
	parseProfile,
	toProfileForm,
} from "../../core/profile/profile.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";

export const FORMAT = "appconfig-inspector";
const FORMAT_VERSION = 1;

/** Forms, not records: what can be typed is what can be imported, and secrets are in none of them. */
export interface ParsedExport {
	readonly profiles: readonly ProfileForm[];
	/** A profile's `connection` is a key of this. */
	readonly connections: ReadonlyMap<string, ConnectionForm>;
}

/** Of a file, and of a text in characters. */
export const MAX_IMPORT_BYTES = 10_000_000;
/** Of profiles, and of connections. */
export const MAX_IMPORTED = 1_000;
/** Longer than what any field takes. */
const MAX_FIELD = 16_384;

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
			profiles: profiles.map((profile) =>
				filled(toProfileForm(profile), EMPTY_PROFILE_FORM),
			),
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
export function parseExport(text: string): Result<ParsedExport, string> {
	if (text.length > MAX_IMPORT_BYTES)
		return err("This is too large to be an export: the limit is 10 MB.");
	const parsed = parseJson(text);
	if (!parsed.ok)
		return err(
			text.includes(`"${FORMAT}"`)
				? `The export is damaged: ${parsed.error} Nothing was imported.`
				: NOT_AN_EXPORT,
		);
	const { value } = parsed;
	if (!isRecord(value) || value.format !== FORMAT) return err(NOT_AN_EXPORT);
	if (value.version !== FORMAT_VERSION)
		return err(
			`The export is from a newer version of AppConfig Inspector (format ${String(value.version).slice(0, 20)}; this version reads ${FORMAT_VERSION}). Update the extension, then import it again.`,
		);
	const { profiles, connections = {} } = value;
	if (!Array.isArray(profiles) || !isRecord(connections))
		return err("The export is damaged: it lists no profiles.");
	const counts = [profiles.length, Object.keys(connections).length];
	if (counts.some((count) => count > MAX_IMPORTED))
		return err(
			`The export has ${counts[0]} profiles and ${counts[1]} connections; the limit is 1,000 of each. Nothing was imported.`,
		);
	const [repeated] = duplicateNames(text, 3);
	if (repeated !== undefined)
		return err(
			`The export is damaged: “${repeated.slice(0, 60)}” occurs twice in one object. Nothing was imported.`,
		);
	return check(profiles, connections);
}

const NOT_AN_EXPORT = "This is not an export of AppConfig Inspector.";

function check(
	profiles: readonly unknown[],
	connections: Readonly<Record<string, unknown>>,
): Result<ParsedExport, string> {
	const read = new Map<string, ConnectionForm>();
	for (const [index, [key, value]] of Object.entries(connections).entries()) {
		const problem = problemOf(value, EMPTY_CONNECTION_FORM);
		const where = `Connection ${index + 1}`;
		if (problem) return err(unreadable(where, key, problem));
		const form = withoutConsent(toTexts(value, EMPTY_CONNECTION_FORM));
		const parsed = form && parseConnection(form, "" as ConnectionId);
		if (!form || !parsed?.ok)
			return err(unreadable(where, form?.name || key, firstOf(parsed)));
		read.set(key, { ...form, ...NO_SECRETS });
	}
	const forms: ProfileForm[] = [];
	for (const [index, value] of profiles.entries()) {
		const problem = problemOf(value, EMPTY_PROFILE_FORM);
		const where = `Profile ${index + 1}`;
		if (problem) return err(unreadable(where, nameOf(value), problem));
		const form = toTexts(value, EMPTY_PROFILE_FORM);
		const parsed = form && parseProfile(form, "" as ProfileId);
		if (!form || !parsed?.ok)
			return err(unreadable(where, form?.name ?? "", firstOf(parsed)));
		if (form.connection && !read.has(form.connection))
			return err(
				unreadable(
					where,
					form.name,
					"it uses a connection that is not in the file.",
				),
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

function unreadable(where: string, name: string, why: string): string {
	const called = name ? ` (“${name.slice(0, 60)}”)` : "";
	return `${where}${called} cannot be read: ${why} Nothing was imported.`;
}

function firstOf(
	parsed:
		| Result<unknown, Readonly<Record<string, string | undefined>>>
		| undefined,
): string {
	const [field, words] =
		parsed && !parsed.ok ? (Object.entries(parsed.error)[0] ?? []) : [];
	return field ? `${field}: ${words}` : "it is not an object.";
}

/** What no form could hold, before its fields are parsed; `undefined` where there is nothing of the kind. */
function problemOf(value: unknown, fields: object): string | undefined {
	if (!isRecord(value)) return "it is not an object.";
	for (const field of Object.keys(fields)) {
		const text = Object.hasOwn(value, field) ? value[field] : undefined;
		if (text === undefined || text === null) continue;
		if (typeof text !== "string") return `${field}: it is not text.`;
		if (text.length > MAX_FIELD)
			return `${field}: it has ${text.length} characters; the limit is ${MAX_FIELD}.`;
		if (/\p{Surrogate}/u.test(text))
			return `${field}: it has an unpaired surrogate.`;
	}
	return undefined;
}

function nameOf(value: unknown): string {
	return isRecord(value) && typeof value.name === "string" ? value.name : "";
}

// The same fields, each a text; what is missing is empty, what is unknown is left out.
function toTexts<F extends { readonly [K in keyof F]: string }>(
	value: unknown,
	empty: F,
): F | undefined {
	if (!isRecord(value)) return undefined;
	const entries = Object.keys(empty).map((key) => [
		key,
		(Object.hasOwn(value, key) ? value[key] : undefined) ?? "",
	]);
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

/** The browser's own words may quote the text. */
function parseJson(text: string): Result<unknown, string> {
	try {
		return ok(JSON.parse(text));
	} catch (error) {
		if (error instanceof RangeError) return err("it is nested too deeply.");
		if (!(error instanceof SyntaxError)) throw error;
		return err(`line ${jsonErrorLine(text)} is not JSON.`);
	}
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
