import { expect, test } from "vitest";
import type {
	ConnectionDraft,
	ConnectionId,
} from "../../../src/core/connection/connection.ts";
import type { ProfileDraft } from "../../../src/core/profile/profile.ts";
import { summarise } from "../../../src/options/import-export/import-summary.ts";

function profile(change: Partial<ProfileDraft>): ProfileDraft {
	return {
		name: "c",
		application: "a",
		environment: "e",
		configurationProfile: "c",
		region: "eu-west-1",
		...change,
	};
}

const AGENT: ConnectionDraft = {
	kind: "agent",
	name: "agent",
	url: "http://localhost:2772",
};
const IDENTITY_CENTER = {
	kind: "identity-center",
	name: "identity-center",
	startUrl: "https://d-1234567890.awsapps.com/start",
	ssoRegion: "eu-west-1",
} as const satisfies ConnectionDraft;

test("the cost of polling profiles on AWS is stated", () => {
	const summary = summarise({
		profiles: [
			profile({ name: "one", connection: "w" as ConnectionId }),
			profile({ name: "two", minimumPollIntervalSeconds: 15 }),
			profile({ name: "local", endpoint: "http://127.0.0.1:4772" }),
			profile({ name: "agent", connection: "a" as ConnectionId }),
		],
		connections: new Map<string, ConnectionDraft>([
			["w", IDENTITY_CENTER],
			["a", AGENT],
		]),
	});
	expect(summary.names).toEqual([
		"“one”",
		"“two”",
		"“local”",
		"“agent”",
		"the connection “identity-center”",
		"the connection “agent”",
	]);
	expect(summary.costs).toBe(
		"Polls AWS for 2 profiles once there are credentials: up to 216,000 requests in 30 days, about US$0.09 (prices of November 2026). Polling counts as use for deletion protection.",
	);
});

test("no cost is stated for free endpoints, and a long list of names is cut", () => {
	const profiles = Array.from({ length: 9 }, (_, index) =>
		profile({ name: `p${index}`, endpoint: "http://localhost:4772" }),
	);
	expect(summarise({ profiles, connections: new Map() })).toEqual({
		names: ["“p0”", "“p1”", "“p2”", "“p3”", "“p4”", "“p5”"],
		more: 3,
		hosts: [{ host: "localhost:4772", purpose: "on this machine" }],
		costs: "",
	});
});

test("every host that an import would call is listed", () => {
	const { hosts } = summarise({
		profiles: [
			profile({}),
			profile({ region: "cn-north-1" }),
			profile({ endpoint: "https://own.example.com:8443/x" }),
			profile({
				endpoint: "https://appconfigdata-fips.us-east-1.amazonaws.com",
			}),
			profile({ connection: "agent" as ConnectionId }),
			profile({
				connection: "endpoint" as ConnectionId,
				endpoint: "https://unused.example",
			}),
		],
		connections: new Map<string, ConnectionDraft>([
			["agent", AGENT],
			[
				"endpoint",
				{ kind: "endpoint", name: "e", endpoint: "https://evil.example" },
			],
			[
				"server",
				{
					kind: "credential-server",
					name: "s",
					url: "http://localhost:9911/c",
				},
			],
			[
				"sso",
				{
					...IDENTITY_CENTER,
					role: {
						arn: "arn:aws:iam::123456789012:role/Read",
						region: "eu-west-2",
					},
				},
			],
		]),
	});
	const foreign =
		"not AWS: gets dummy keys unless you consent in the connection";
	expect(hosts).toEqual([
		{ host: "localhost:2772", purpose: "AppConfig Agent" },
		{ host: "evil.example", purpose: foreign },
		{ host: "localhost:9911", purpose: "credential server" },
		{
			host: "d-1234567890.awsapps.com",
			purpose: "access portal",
		},
		{ host: "oidc.eu-west-1.amazonaws.com", purpose: "IAM Identity Center" },
		{
			host: "portal.sso.eu-west-1.amazonaws.com",
			purpose: "IAM Identity Center",
		},
		{
			host: "sts.eu-west-2.amazonaws.com",
			purpose: "AWS STS, to assume arn:aws:iam::123456789012:role/Read",
		},
		{ host: "appconfigdata.eu-west-1.amazonaws.com", purpose: "AWS AppConfig" },
		{
			host: "appconfigdata.cn-north-1.amazonaws.com.cn",
			purpose: "AWS AppConfig",
		},
		{ host: "own.example.com:8443", purpose: foreign },
		{
			host: "appconfigdata-fips.us-east-1.amazonaws.com",
			purpose: "AWS AppConfig",
		},
	]);
});
