import { err, ok, type Result } from "../shared/result.ts";

export interface Endpoint {
	/** Normalised, without a trailing slash: `http://127.0.0.1:4772`. */
	readonly url: string;
	readonly scheme: "http" | "https";
	readonly host: string;
}

/** DNS suffixes by Region prefix; the first match wins. Source: the AWS SDK's partitions table, which a test compares with this one. */
const PARTITIONS: readonly Partition[] = [
	{
		prefix: "cn-",
		name: "aws-cn",
		dns: "amazonaws.com.cn",
		dualStack: "api.amazonwebservices.com.cn",
	},
	{
		prefix: "eusc-",
		name: "aws-eusc",
		dns: "amazonaws.eu",
		dualStack: "api.amazonwebservices.eu",
	},
	{ prefix: "us-isob-", name: "aws-iso-b", dns: "sc2s.sgov.gov" },
	{ prefix: "us-isof-", name: "aws-iso-f", dns: "csp.hci.ic.gov" },
	{ prefix: "eu-isoe-", name: "aws-iso-e", dns: "cloud.adc-e.uk" },
	{ prefix: "us-iso-", name: "aws-iso", dns: "c2s.ic.gov" },
	{
		prefix: "us-gov-",
		name: "aws-us-gov",
		dns: "amazonaws.com",
		dualStack: "api.aws",
	},
	{ prefix: "", name: "aws", dns: "amazonaws.com", dualStack: "api.aws" },
];

export interface Partition {
	readonly prefix: string;
	/** As in ARNs: `aws-cn`. */
	readonly name: string;
	readonly dns: string;
	readonly dualStack?: string;
}

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

// [vpce-….]appconfigdata[-fips].<region>[.vpce].<domain>
const SERVICE_HOST =
	/^(vpce-[a-z0-9-]+\.)?appconfigdata(?:-fips)?\.([a-z0-9-]+)(\.vpce)?\.([a-z0-9.-]+)$/;

export function isRegion(text: string): boolean {
	return REGION.test(text);
}

/** The data plane's public host: `appconfigdata.eu-west-1.amazonaws.com`. */
export function dataPlaneHost(region: string): string {
	return serviceHost("appconfigdata", region);
}

/** A service's public host: `sts.eu-west-1.amazonaws.com`. */
export function serviceHost(service: string, region: string): string {
	// Other text could make it another host: `x.example.com/`.
	if (!isRegion(region)) throw new RangeError("not an AWS Region");
	return `${service}.${region}.${partitionOf(region).dns}`;
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
	// Paths are case-sensitive; scheme and host are not.
	const pathAsTyped = path
		? text.trim().replace(/\/$/, "").slice(-path.length)
		: "";
	const authority = port === undefined ? host : `${host}:${Number(port)}`;
	return ok({ url: `${scheme}://${authority}${pathAsTyped}`, scheme, host });
}

/**
 * Real keys are sent only to the hosts of AppConfig Data: public, FIPS, dual-stack and interface endpoints. Anyone can have a
 * host in the same domains (an API Gateway, a load balancer, a bucket); like every other endpoint, it gets dummy keys.
 */
export function mayCarryCredentials(endpoint: Endpoint | undefined): boolean {
	if (endpoint === undefined) return true;
	if (endpoint.scheme !== "https") return false;
	const match = SERVICE_HOST.exec(endpoint.host);
	const [, vpce, region = "", vpceDomain, domain = ""] = match ?? [];
	if (!match || !isRegion(region)) return false;
	const { dns, dualStack } = partitionOf(region);
	if (vpce || vpceDomain) return Boolean(vpce && vpceDomain) && domain === dns;
	return domain === dns || domain === dualStack;
}

/** The URL of the control plane that belongs to a data plane endpoint: also FIPS or dual-stack if that is. */
export function controlPlaneUrl(
	region: string,
	endpoint: string | undefined,
): string {
	const parsed = endpoint === undefined ? undefined : parseEndpoint(endpoint);
	if (parsed?.ok && !mayCarryCredentials(parsed.value)) return parsed.value.url;
	const isNamed = parsed?.ok && parsed.value.host.startsWith("appconfigdata");
	return isNamed
		? `https://${parsed.value.host.replace("data", "")}`
		: `https://${serviceHost("appconfig", region)}`;
}

/** The match pattern of a host permission. It has no port, because Firefox does not match patterns with one. */
export function hostPattern(
	region: string,
	endpoint: Endpoint | undefined,
): string {
	if (endpoint === undefined) return `https://${dataPlaneHost(region)}/*`;
	return `${endpoint.scheme}://${endpoint.host}/*`;
}

/** The minimum seconds between two polls. An emulator on this computer may ask for a shorter interval than AWS. */
export function minIntervalSeconds(url: string | undefined): number {
	const endpoint = url === undefined ? undefined : parseEndpoint(url);
	return endpoint?.ok && isLoopback(endpoint.value.host) ? 1 : 15;
}

/** The manifest already allows loopback hosts over http. */
export function isLoopback(host: string): boolean {
	return host === "127.0.0.1" || host === "localhost";
}

function notAnEndpoint(text: string): string {
	if (text.includes("["))
		return "IPv6 addresses cannot be used in an extension: write http://127.0.0.1 or http://localhost.";
	return "Write an endpoint like http://127.0.0.1:4772 or https://appconfig.example.com, without query or password.";
}

export function partitionOf(region: string): Partition {
	const found = PARTITIONS.find(({ prefix }) => region.startsWith(prefix));
	if (!found) throw new Error("the last partition takes every region");
	return found;
}
