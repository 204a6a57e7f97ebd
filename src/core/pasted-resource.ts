// A configuration named in another tool's words (an ARN, a console address, a CLI line, an Agent's address), as the fields of the form.
import type { ProfileForm } from "./profile.ts";

export type PastedResource = Partial<
	Pick<
		ProfileForm,
		| "application"
		| "environment"
		| "configurationProfile"
		| "region"
		| "endpoint"
		| "minimumPollIntervalSeconds"
	>
>;

const MAX_LENGTH = 4_096;

const OPTIONS: { readonly [option: string]: keyof PastedResource } = {
	"application-identifier": "application",
	"environment-identifier": "environment",
	"configuration-profile-identifier": "configurationProfile",
	"required-minimum-poll-interval-in-seconds": "minimumPollIntervalSeconds",
	region: "region",
	"endpoint-url": "endpoint",
};

const SEGMENTS: { readonly [segment: string]: keyof PastedResource } = {
	application: "application",
	applications: "application",
	environment: "environment",
	environments: "environment",
	configuration: "configurationProfile",
	configurations: "configurationProfile",
	configurationprofile: "configurationProfile",
	configurationprofiles: "configurationProfile",
};

/** The fields that the text names; `undefined` when it is none of the forms, so that it is taken for what it is. */
export function parseResource(text: string): PastedResource | undefined {
	const trimmed = text.trim();
	if (trimmed.length > MAX_LENGTH) return undefined;
	const found =
		parseArn(trimmed) ?? parseAddress(trimmed) ?? parseCommandLine(trimmed);
	return found && Object.keys(found).length > 0 ? found : undefined;
}

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html
function parseArn(text: string): PastedResource | undefined {
	const match = /^arn:[\w-]+:appconfig:([\w-]+):\d*:(\S+)$/.exec(text);
	const [, region = "", path = ""] = match ?? [];
	return match ? { ...parsePath(path), region } : undefined;
}

function parseAddress(text: string): PastedResource | undefined {
	const match = /^https?:\/\/([\w.:-]+)(\/[^\s?#]*)(\?[^\s#]*)?/.exec(text);
	const [, host = "", path = "", query = ""] = match ?? [];
	const fields = match ? parsePath(path) : {};
	if (!fields.application) return undefined;
	const region =
		/[?&]region=([\w-]+)/.exec(query)?.[1] ??
		/^([a-z]{2}(?:-[a-z]+)+-\d)\.console\./.exec(host)?.[1];
	return region ? { ...fields, region } : fields;
}

function parsePath(path: string): PastedResource {
	const fields: { -readonly [K in keyof PastedResource]: string } = {};
	const parts = path.split("/").filter((part) => part !== "");
	for (const [index, part] of parts.entries()) {
		const field = SEGMENTS[part];
		const value = parts[index + 1];
		if (field && value) fields[field] ??= decode(value);
	}
	return fields;
}

function parseCommandLine(text: string): PastedResource | undefined {
	if (!text.includes("start-configuration-session")) return undefined;
	const fields: { -readonly [K in keyof PastedResource]: string } = {};
	const option = /--([\w-]+)(?:\s+|=)(?:"([^"]*)"|'([^']*)'|([^\s\\]+))/g;
	for (const [, name = "", double, single, bare] of text.matchAll(option)) {
		const field = OPTIONS[name];
		if (field) fields[field] = double ?? single ?? bare ?? "";
	}
	return fields;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch (error) {
		if (error instanceof URIError) return text;
		throw error;
	}
}
