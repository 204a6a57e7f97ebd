import { isRegion } from "../connection/endpoint.ts";
import { err, ok, type Result } from "../shared/result.ts";

type Field =
	| "application"
	| "environment"
	| "configurationProfile"
	| "region"
	| "endpoint"
	| "minimumPollIntervalSeconds";

/** Fields of the form that a text fills in. The form checks their values. */
export type PastedConfiguration = { readonly [F in Field]?: string };

type Found = readonly [Field, string];

const MAX_LENGTH = 4_096;

const OPTIONS: ReadonlyMap<string, Field> = new Map([
	["application-identifier", "application"],
	["application-id", "application"],
	["application", "application"],
	["environment-identifier", "environment"],
	["environment-id", "environment"],
	["environment", "environment"],
	["configuration-profile-identifier", "configurationProfile"],
	["configuration-profile-id", "configurationProfile"],
	["configuration", "configurationProfile"],
	["required-minimum-poll-interval-in-seconds", "minimumPollIntervalSeconds"],
	["region", "region"],
	["endpoint-url", "endpoint"],
]);

/** Of the AWS Tools for PowerShell. */
const PARAMETERS: ReadonlyMap<string, Field> = new Map([
	["applicationidentifier", "application"],
	["applicationid", "application"],
	["environmentidentifier", "environment"],
	["environmentid", "environment"],
	["configurationprofileidentifier", "configurationProfile"],
	["configurationprofileid", "configurationProfile"],
	["requiredminimumpollintervalinsecond", "minimumPollIntervalSeconds"],
	["region", "region"],
	["endpointurl", "endpoint"],
]);

const VARIABLES: ReadonlyMap<string, Field> = new Map([
	["AWS_REGION", "region"],
	["AWS_DEFAULT_REGION", "region"],
	["AWS_ENDPOINT_URL", "endpoint"],
	["AWS_ENDPOINT_URL_APPCONFIGDATA", "endpoint"],
]);

const SEGMENTS: ReadonlyMap<string, Field> = new Map([
	["application", "application"],
	["applications", "application"],
	["environment", "environment"],
	["environments", "environment"],
	["configuration", "configurationProfile"],
	["configurations", "configurationProfile"],
	["configurationprofile", "configurationProfile"],
	["configurationprofiles", "configurationProfile"],
]);

const FIELD_WORDS: { readonly [F in Field]-?: string } = {
	application: "applications",
	environment: "environments",
	configurationProfile: "configuration profiles",
	region: "Regions",
	endpoint: "endpoints",
	minimumPollIntervalSeconds: "poll intervals",
};

/**
 * Reads ARNs, console URLs, commands of the AWS CLI and of PowerShell, and URLs of the Agent. `undefined` when the text contains none;
 * the error says why a text that names configurations does not name exactly one.
 */
export function parsePastedConfiguration(
	text: string,
): Result<PastedConfiguration, string> | undefined {
	const trimmed = text.trim();
	if (trimmed.length > MAX_LENGTH) return undefined;
	const found =
		findArns(trimmed) ?? findCommands(trimmed) ?? findAddresses(trimmed);
	if (!found?.some(([field]) => field !== "region" && field !== "endpoint"))
		return undefined;
	const fields: { -readonly [F in Field]?: string } = {};
	for (const [field, value] of found) {
		if (fields[field] !== undefined && fields[field] !== value)
			return err(
				`This names two ${FIELD_WORDS[field]}: nothing was filled in. Paste what names one configuration.`,
			);
		fields[field] = value;
	}
	return ok(fields);
}

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html
const ARN =
	/\barn:[^:\s"']+:appconfig:(\$\{[^}\s]*\}|[^:\s"']*):(?:\$\{[^}\s]*\}|[^:\s"']*):((?:\$\{[^}\s]*\}|[^\s"'`“”„«»‘’‚\u200B\uFEFF,;)\]}>])+)/g;

/** Wildcards of policies and variables of templates are not names. */
function findArns(text: string): readonly Found[] | undefined {
	const found: Found[] = [];
	for (const [, region = "", path = ""] of text.matchAll(ARN)) {
		const fields = ofPath(path);
		if (fields.length === 0) continue;
		found.push(...fields, ...ofRegion(region));
	}
	return found.length > 0 ? found : undefined;
}

function ofRegion(region: string | undefined): readonly Found[] {
	return region !== undefined && isRegion(region) ? [["region", region]] : [];
}

const URL_IN_TEXT = /https?:\/\/[^\s"'`<>\\]+/g;
const CONSOLE =
	/^(?:[\w-]+\.)*?console\.(?:aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn|amazonaws-eusc\.eu|aws\.eu)$/;

function findAddresses(text: string): readonly Found[] | undefined {
	const found: Found[] = [];
	for (const [address] of text.matchAll(URL_IN_TEXT))
		found.push(...ofAddress(address));
	return found.length > 0 ? found : undefined;
}

function ofAddress(address: string): readonly Found[] {
	const match = /^https?:\/\/([^/?#]+)(\/[^?#]*)?(\?[^#]*)?(#.*)?$/.exec(
		address.replace(/[),.;\]}]+$/, ""),
	);
	const [, authority = "", path = "", query = "", fragment = ""] = match ?? [];
	const host = authority.replace(/^.*@/, "").replace(/:\d+$/, "");
	// The access portal's link to a place in the console.
	const [, destination] =
		/[?&](?:destination|redirect_uri)=(https?%3A%2F%2F[^&]+)/i.exec(
			query + fragment,
		) ?? [];
	if (destination) return ofAddress(decode(destination));
	const isConsole = CONSOLE.test(host);
	const fields = [
		...ofPath(path),
		...(isConsole && fragment.startsWith("#/")
			? ofPath(fragment.slice(1))
			: []),
	];
	const isNamed = fields.some(([field]) => field === "application");
	if (!isNamed || (!isConsole && fields.length < 2)) return [];
	const [, asked] = /[?&]region=([\w-]+)/.exec(query + fragment) ?? [];
	const [, ofConsole] =
		/(?:^|\.)([a-z]+-[a-z-]+-\d+)\.console\./.exec(host) ?? [];
	const [, ofService] =
		/^appconfig(?:-fips)?\.([a-z]+-[a-z-]+-\d+)\.(?:amazonaws|api\.aws)/.exec(
			host,
		) ?? [];
	return [...fields, ...ofRegion(asked ?? ofConsole ?? ofService)];
}

/** Segments alternate: the name of a resource type, then a name or an id of that type, which may be the same word. */
function ofPath(path: string): readonly Found[] {
	const found: Found[] = [];
	const parts = path.split("/").filter((part) => part !== "");
	for (let index = 0; index < parts.length; index += 1) {
		const field = SEGMENTS.get(parts[index] ?? "");
		const value = parts[index + 1];
		if (!field || value === undefined) continue;
		index += 1;
		const name = decode(value);
		if (isName(name) && !found.some(([known]) => known === field))
			found.push([field, name]);
	}
	return found;
}

/** Whether it is neither a wildcard nor a placeholder: `*`, `${App}`, `<id>`, `$APP`, `{id}`. */
function isName(text: string): boolean {
	return !/^[-$<{]|[*?]|\$[{(]|^%\w+%$/.test(text) && text.trim() !== "";
}

function findCommands(text: string): readonly Found[] | undefined {
	const words = toWords(text);
	const isCli = words.some(
		(word, index) =>
			/^appconfig(?:data)?$/.test(word) &&
			words
				.slice(Math.max(0, index - 6), index)
				.some((before) =>
					/^(?:.*[\\/])?aws(?:local|\d)?(?:\.exe|\.cmd)?$/.test(before),
				),
	);
	const isPowerShell = words.some((word) => /^\w+-APPC(?:D)?[A-Z]/.test(word));
	if (!isCli && !isPowerShell) return undefined;
	const found: Found[] = [];
	for (const [index, word] of words.entries()) {
		const [, variable = "", given = ""] = /^([A-Z_]+)=(.*)$/s.exec(word) ?? [];
		const [, dashes = "", name = "", joined] =
			/^(--?)([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
		const field =
			VARIABLES.get(variable) ??
			(dashes === "--"
				? OPTIONS.get(name)
				: isPowerShell && dashes
					? PARAMETERS.get(name.toLowerCase())
					: undefined);
		const value = variable ? given : (joined ?? words[index + 1] ?? "");
		if (field && isName(value) && isOf(field, value))
			found.push([field, value]);
	}
	return found.length > 0 ? found : undefined;
}

function isOf(field: Field, value: string): boolean {
	if (field === "region") return isRegion(value);
	if (field === "endpoint") return /^https?:\/\//.test(value);
	return field !== "minimumPollIntervalSeconds" || /^\d+$/.test(value);
}

/** Splits shell commands into words. Handles quotes, comments and lines continued with `\`, `^` or a backtick. */
function toWords(text: string): readonly string[] {
	const lines = text
		.replaceAll(/^\s*#.*$/gm, "")
		.replaceAll(/(?:\\|[ \t][`^])[ \t]*\r?\n/g, " ");
	const word = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\;|&()])+/gs;
	return [...lines.matchAll(word)].map(([raw]) =>
		raw.replaceAll(
			/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs,
			(_, double?: string, single?: string, escaped?: string) =>
				double?.replaceAll(/\\(["\\$`])/g, "$1") ?? single ?? escaped ?? "",
		),
	);
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch (error) {
		if (error instanceof URIError) return text;
		throw error;
	}
}
