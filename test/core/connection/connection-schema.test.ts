import { describe, expect, it } from "vitest";
import { parseConnections } from "../../../src/core/connection/connection-schema.ts";

const SIGN_IN = {
	id: "c1",
	name: "Work",
	kind: "identity-center",
	startUrl: "https://d-1234567890.awsapps.com/start",
	ssoRegion: "eu-west-1",
	accountId: "123456789012",
	roleName: "ReadOnly",
	role: {
		arn: "arn:aws:iam::123456789012:role/Read",
		region: "us-gov-west-1",
		externalId: "ext-1",
		mfaSerial: "arn:aws:iam::123456789012:mfa/anna",
	},
};
const SERVER = {
	id: "c2",
	name: "s",
	kind: "credential-server",
	url: "http://127.0.0.1:4144",
};
const ENDPOINT = {
	id: "c3",
	name: "e",
	kind: "endpoint",
	endpoint: "https://appconfig.example.com",
};
const AGENT = {
	id: "c4",
	name: "a",
	kind: "agent",
	url: "http://localhost:2772",
};

function read(connection: object) {
	const { id } = connection as { readonly id: string };
	return parseConnections(new Map([[id, { schema: 1, connection }]]));
}

describe("a stored connection", () => {
	it.each([SIGN_IN, SERVER, ENDPOINT, AGENT])("is read: %j", (connection) => {
		expect(read(connection)).toEqual({
			connections: [connection],
			damaged: [],
			withdrawnConsents: [],
		});
	});

	it.each([
		{ ...SIGN_IN, ssoRegion: "eu-west-1.evil.example/" },
		{ ...SIGN_IN, ssoRegion: "x@evil.example/#" },
		{ ...SIGN_IN, role: { ...SIGN_IN.role, region: "evil.example/?" } },
		{ ...SIGN_IN, role: { ...SIGN_IN.role, arn: 'arn:aws":*:iam::1:role/x' } },
		{ ...SIGN_IN, startUrl: "http://127.0.0.1/start" },
		{ ...SIGN_IN, startUrl: "javascript:alert(1)" },
		{ ...SIGN_IN, accountId: "1&role_name=Admin" },
		{ ...SIGN_IN, roleName: "a/b" },
		{ ...SERVER, url: "https://credentials.example.com" },
		{ ...SERVER, url: "http://127.0.0.1.evil.example" },
		{ ...ENDPOINT, endpoint: "http://evil.example" },
		{ ...ENDPOINT, endpoint: "https://user@evil.example" },
		{ ...AGENT, url: "http://[::1]:2772" },
	])("is set aside, and told, where its address is none: %j", (connection) => {
		const { connections, damaged } = read(connection);
		expect(connections).toEqual([]);
		const { id, name } = connection;
		expect(damaged).toEqual([
			{
				area: "local",
				key: `connection:${id}`,
				title: `connection “${name}”`,
			},
		]);
	});

	it("under another id is reported as damaged", () => {
		const found = new Map([["c9", { schema: 1, connection: AGENT }]]);
		expect(parseConnections(found)).toMatchObject({
			connections: [],
			damaged: [{ key: "connection:c9" }],
		});
	});
});
