import type {
	Connection,
	ConnectionDraft,
} from "../../core/connection/connection.ts";
import {
	duplicateNames,
	jsonErrorLine,
} from "../../core/connection/pasted-json.ts";
import type { Profile, ProfileDraft } from "../../core/profile/profile.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import {
	EMPTY_CONNECTION_FORM,
	parseConnectionForm,
	toConnectionForm,
} from "../form/connection-form.ts";
import { EMPTY_KEY_FIELDS } from "../form/key-fields.ts";
import {
	EMPTY_PROFILE_FORM,
	parseProfileForm,
	toProfileForm,
} from "../form/profile-form.ts";

// The schema of exports is docs/export.schema.json: the fields of the forms, so that whatever can be typed can be imported.

export const FORMAT = "appconfig-inspector";
const FORMAT_VERSION = 1;

/** Without secrets and without consents. */
export interface ParsedExport {
	/** The `connection` of a profile is a key of `connections`. */
	readonly profiles: readonly ProfileDraft[];
	readonly connections: ReadonlyMap<string, ConnectionDraft>;
}

/** The maximum size of a file, and of a text in characters. */
export const MAX_IMPORT_BYTES = 10_000_000;
/** The maximum number of profiles, and of connections. */
const MAX_IMPORTED = 1_000;
/** In characters; longer than any field may be. */
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
			filled(
				toConnectionForm(toSharedDraft(connection)),
				EMPTY_CONNECTION_FORM,
			),
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

/** The user of each computer gives the consent to send keys to a host; it is never part of an export. */
export function toSharedDraft(connection: Connection): ConnectionDraft {
	if (connection.kind === "endpoint") {
		const { id: _, consent: __, ...draft } = connection;
		return draft;
	}
	if (connection.kind === "identity-center") {
		const { id: _, accountId: __, roleName: ___, ...draft } = connection;
		return draft;
	}
	const { id: _, ...draft } = connection;
	return draft;
}

/** Reads the whole export or nothing. The error is a sentence for the user. */
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
	return parseEntries(profiles, connections);
}

const NOT_AN_EXPORT = "This is not an export of AppConfig Inspector.";

function parseEntries(
	profiles: readonly unknown[],
	connections: Readonly<Record<string, unknown>>,
): Result<ParsedExport, string> {
	const drafts = new Map<string, ConnectionDraft>();
	for (const [index, [key, value]] of Object.entries(connections).entries()) {
		const where = `Connection ${index + 1}`;
		const problem = problemOf(value, EMPTY_CONNECTION_FORM);
		if (problem) return err(unreadable(where, key, problem));
		const form = toForm(value, EMPTY_CONNECTION_FORM);
		const parsed = parseConnectionForm({ ...form, ...NOT_IMPORTED });
		if (!parsed.ok)
			return err(unreadable(where, form.name || key, firstError(parsed.error)));
		drafts.set(key, parsed.value.connection);
	}
	const imported: ProfileDraft[] = [];
	for (const [index, value] of profiles.entries()) {
		const where = `Profile ${index + 1}`;
		const problem = problemOf(value, EMPTY_PROFILE_FORM);
		if (problem) return err(unreadable(where, nameOf(value), problem));
		const form = toForm(value, EMPTY_PROFILE_FORM);
		const parsed = parseProfileForm({ ...form, ...EMPTY_KEY_FIELDS });
		if (!parsed.ok)
			return err(unreadable(where, form.name, firstError(parsed.error)));
		if (form.connection && !drafts.has(form.connection))
			return err(
				unreadable(
					where,
					form.name,
					"it uses a connection that is not in the file.",
				),
			);
		imported.push(parsed.value.profile);
	}
	return ok({ profiles: imported, connections: drafts });
}

/** Exports of earlier versions may have a consent, and any of these may be in a file that somebody has edited. */
const NOT_IMPORTED = { ...EMPTY_KEY_FIELDS, bearerToken: "", consent: "" };

function unreadable(where: string, name: string, reason: string): string {
	const called = name ? ` (“${name.slice(0, 60)}”)` : "";
	return `${where}${called} cannot be read: ${reason} Nothing was imported.`;
}

function firstError(errors: Readonly<Record<string, string | undefined>>) {
	const [field, text] = Object.entries(errors)[0] ?? [];
	return `${field}: ${text}`;
}

/** Why the value cannot be a form; `undefined` when it can. */
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

/** A value without a problem as a form: missing fields are empty, unknown ones are left out. */
function toForm<F extends { readonly [K in keyof F]: string }>(
	value: unknown,
	empty: F,
): F {
	const record = value as Readonly<Record<string, unknown>>;
	return Object.fromEntries(
		Object.keys(empty).map((key) => [
			key,
			(Object.hasOwn(record, key) ? record[key] : undefined) ?? "",
		]),
	) as F;
}

/** Without the fields that are empty. */
function filled<F extends object>(form: F, empty: F): Partial<F> {
	return Object.fromEntries(
		Object.entries(form).filter(
			([key, text]) => text !== empty[key as keyof F] || key === "kind",
		),
	) as Partial<F>;
}

/** The browser's error message may quote the text, so it is not shown. */
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
