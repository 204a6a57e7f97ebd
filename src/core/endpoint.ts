// Where a profile's calls go: the service's host of a region, or a custom endpoint; and which hosts may see real keys.
import { err, ok, type Result } from "./result.ts";

export interface Endpoint {
	/** Normalised, without a trailing slash: `http://127.0.0.1:4772`. */
	readonly url: string;
	readonly scheme: "http" | "https";
	readonly host: string;
}

/** DNS suffix by region prefix, first match wins. Source: the AWS SDK's partitions table; held against it by a test. */
const PARTITIONS: readonly (readonly [prefix: string, suffix: string])[] = [
	["cn-", "amazonaws.com.cn"],
	["eusc-", "amazonaws.eu"],
	["us-isob-", "sc2s.sgov.gov"],
	["us-isof-", "csp.hci.ic.gov"],
	["eu-isoe-", "cloud.adc-e.uk"],
	["us-iso-", "c2s.ic.gov"],
	["", "amazonaws.com"],
];

const REGION = /^[a-z]{2,4}(-[a-z]{2,12}){1,2}-\d{1,2}$/;
// Deliberately narrower than WHATWG URL: no userinfo, IPv6, IDN, percent or numeric-host forms, so that what is
// checked here is what fetch() will reach.
const OCTET = /25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d/.source;
const LABEL = /[a-z0-9](?:[a-z0-9-]*[a-z0-9])?/.source;
// A last label that begins with a digit would be read as part of an IPv4 address.
const HOST = `(?:${LABEL}\\.)*(?=[a-z])${LABEL}|(?:(?:${OCTET})\\.){3}(?:${OCTET})`;
const ENDPOINT = new RegExp(
	`^(https?)://(${HOST})(?::(\\d{1,5}))?((?:/[\\w~-][\\w.~-]*)*)/?$`,
);

export function isRegion(text: string): boolean {
	return REGION.test(text);
}

/** The data plane's public host: `appconfigdata.eu-west-1.amazonaws.com`. */
export function serviceHost(region: string): string {
	const suffix = PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1];
	return `appconfigdata.${region}.${suffix ?? "amazonaws.com"}`;
}

/** Accepts http on loopback and https anywhere; the error is a sentence for the user. */
export function parseEndpoint(text: string): Result<Endpoint, string> {
	const match = ENDPOINT.exec(text.trim().toLowerCase());
	if (!match) return err(notAnEndpoint(text.trim()));
	const [, scheme, host, port, path] = match;
	if ((scheme !== "http" && scheme !== "https") || host === undefined)
		return err(notAnEndpoint(text));
	if (port !== undefined && (Number(port) < 1 || Number(port) > 65535))
		return err("The port must be between 1 and 65535.");
	if (scheme === "http" && !isLoopback(host))
		return err(
			"Plain http is only for this machine: use http://127.0.0.1 or http://localhost, or https.",
		);
	// The path's case is the server's business; scheme and host have none.
	const pathAsTyped = path
		? text.trim().replace(/\/$/, "").slice(-path.length)
		: "";
	const authority = port === undefined ? host : `${host}:${Number(port)}`;
	return ok({ url: `${scheme}://${authority}${pathAsTyped}`, scheme, host });
}

/** Real keys go to https hosts of the AWS partitions alone; every other endpoint gets fixed dummy ones. */
export function mayCarryCredentials(endpoint: Endpoint | undefined): boolean {
	if (endpoint === undefined) return true;
	return (
		endpoint.scheme === "https" &&
		PARTITIONS.some(([, suffix]) => endpoint.host.endsWith(`.${suffix}`))
	);
}

/** The match pattern to ask the browser for (patterns have no port: Firefox treats one as no match). */
export function hostPattern(
	region: string,
	endpoint: Endpoint | undefined,
): string {
	if (endpoint === undefined) return `https://${serviceHost(region)}/*`;
	return `${endpoint.scheme}://${endpoint.host}/*`;
}

/** Loopback hosts stand in the manifest, so nothing needs to be asked for them over http. */
export function isLoopback(host: string): boolean {
	return host === "127.0.0.1" || host === "localhost";
}

function notAnEndpoint(text: string): string {
	if (text.includes("["))
		return "IPv6 addresses cannot be used in an extension: write http://127.0.0.1 or http://localhost.";
	return "Write an endpoint like http://127.0.0.1:4772 or https://appconfig.example.com, without query or password.";
}
