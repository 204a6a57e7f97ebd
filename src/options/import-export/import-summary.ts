import {
	type ConnectionDraft,
	roleOf,
} from "../../core/connection/connection.ts";
import {
	dataPlaneHost,
	isLoopback,
	mayCarryCredentials,
	parseEndpoint,
	serviceHost,
} from "../../core/connection/endpoint.ts";
import type { ProfileDraft } from "../../core/profile/profile.ts";
import { isBilled, monthlyCost, PRICES_AS_OF } from "../profile/cost.ts";
import type { ParsedExport } from "../share/export.ts";

const SHOWN = 6;
/** Seconds. AppConfig's default. */
const DEFAULT_INTERVAL = 60;

export interface ImportSummary {
	/** The first names, as they were written. */
	readonly names: readonly string[];
	/** How many more there are. */
	readonly more: number;
	/** All of them, each once. */
	readonly hosts: readonly CalledHost[];
	/** A sentence; empty where AWS charges nothing. */
	readonly costs: string;
}

export interface CalledHost {
	/** With its port, if it has one. */
	readonly host: string;
	/** What is called there: "AWS AppConfig". */
	readonly purpose: string;
}

export function summarise(exported: ParsedExport): ImportSummary {
	const names = namesOf(exported);
	return {
		names: names.slice(0, SHOWN),
		more: Math.max(0, names.length - SHOWN),
		hosts: hostsCalled(exported),
		costs: costs(exported),
	};
}

function namesOf({ profiles, connections }: ParsedExport): readonly string[] {
	return [
		...profiles.map(({ name }) => quoted(name)),
		...[...connections.values()].map(
			({ name }) => `the connection ${quoted(name)}`,
		),
	];
}

function hostsCalled({
	profiles,
	connections,
}: ParsedExport): readonly CalledHost[] {
	const hosts = new Map<string, Set<string>>();
	const add = (host: string, purpose: string) => {
		hosts.set(host, (hosts.get(host) ?? new Set()).add(purpose));
	};
	for (const connection of connections.values()) addConnection(connection, add);
	for (const profile of profiles)
		addProfile(profile, connectionOf(profile, connections), add);
	return [...hosts].map(([host, purposes]) => ({
		host,
		purpose: [...purposes].join("; "),
	}));
}

function connectionOf(
	{ connection }: ProfileDraft,
	connections: ParsedExport["connections"],
): ConnectionDraft | undefined {
	return connection && connections.get(connection);
}

type Add = (host: string, purpose: string) => void;

function addConnection(connection: ConnectionDraft, add: Add): void {
	switch (connection.kind) {
		case "endpoint":
			addEndpoint(connection.endpoint, add);
			break;
		case "agent":
			add(authorityOf(connection.url), "AppConfig Agent");
			break;
		case "credential-server":
			add(authorityOf(connection.url), "credential server");
			break;
		case "identity-center": {
			const { ssoRegion, startUrl } = connection;
			add(authorityOf(startUrl), "access portal");
			for (const service of ["oidc", "portal.sso"])
				add(serviceHost(service, ssoRegion), "IAM Identity Center");
		}
	}
	const role = roleOf(connection);
	if (role)
		add(serviceHost("sts", role.region), `AWS STS, to assume ${role.arn}`);
}

function addProfile(
	{ region, endpoint }: ProfileDraft,
	connection: ConnectionDraft | undefined,
	add: Add,
): void {
	// Their URL was added with the connection.
	if (connection?.kind === "agent" || connection?.kind === "endpoint") return;
	if (endpoint === undefined) add(dataPlaneHost(region), "AWS AppConfig");
	else addEndpoint(endpoint, add);
}

function addEndpoint(url: string, add: Add): void {
	const parsed = parseEndpoint(url);
	if (!parsed.ok) return;
	add(authorityOf(url), purposeOf(parsed.value));
}

function purposeOf(endpoint: {
	readonly url: string;
	readonly scheme: "http" | "https";
	readonly host: string;
}): string {
	if (isLoopback(endpoint.host)) return "on this machine";
	return mayCarryCredentials(endpoint)
		? "AWS AppConfig"
		: "not AWS: gets dummy keys unless you consent in the connection";
}

function authorityOf(url: string): string {
	return url.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}

function costs({ profiles, connections }: ParsedExport): string {
	const charged = profiles.filter((profile) =>
		isBilled(profile.endpoint ?? "", connectionOf(profile, connections)?.kind),
	);
	if (charged.length === 0) return "";
	const months = charged.map((profile) =>
		monthlyCost(profile.minimumPollIntervalSeconds ?? DEFAULT_INTERVAL),
	);
	const requests = months.reduce((sum, month) => sum + month.requests, 0);
	const dollars = months.reduce((sum, month) => sum + month.dollars, 0);
	return `Polls AWS for ${charged.length === 1 ? "one profile" : `${charged.length.toLocaleString("en-US")} profiles`} once there are credentials: up to ${requests.toLocaleString("en-US")} requests in 30 days, about US$${dollars.toFixed(2)} (prices of ${PRICES_AS_OF}). Polling counts as use for deletion protection.`;
}

function quoted(name: string): string {
	return `“${name}”`;
}
