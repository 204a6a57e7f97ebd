import { describe, expect, test } from "vitest";
import { DEFAULT_PRINCIPALS } from "../../../src/emulator/auth/policy.ts";
import { toSignature } from "../../../src/emulator/auth/signature.ts";
import type { HttpRequest } from "../../../src/emulator/http/messages.ts";
import { createHarness, SETTINGS, toBody } from "../harness.ts";

const TIME = "20260115T120000Z";
const SIGNED = ["content-type", "host", "x-amz-date"];

function sign(request: HttpRequest): HttpRequest {
	const signature = toSignature(request, SIGNED, {
		secret: "test",
		time: TIME,
		scope: { date: "20260115", region: "eu-west-1", service: "appconfig" },
	});
	const authorization = `AWS4-HMAC-SHA256 Credential=test/20260115/eu-west-1/appconfig/aws4_request, SignedHeaders=${SIGNED.join(";")}, Signature=${signature}`;
	return { ...request, headers: { ...request.headers, authorization } };
}

const START = sign({
	method: "POST",
	url: "/configurationsessions",
	headers: {
		"content-type": "application/json",
		host: "localhost",
		"x-amz-date": TIME,
	},
	body: toBody(SETTINGS),
});

const withHeader = (name: string, value: string): HttpRequest => ({
	...START,
	headers: { ...START.headers, [name]: value },
});

const { authorization = "" } = START.headers;

describe("A signed request", () => {
	test("is accepted unchanged", async () => {
		const harness = createHarness(
			{ "shop/test/settings.json": "1" },
			{ principals: DEFAULT_PRINCIPALS },
		);
		expect((await harness.request(START)).status).toBe(201);
	});

	test.each<[string, HttpRequest]>([
		["another body", { ...START, body: toBody({ ...SETTINGS, more: 1 }) }],
		["no body", { ...START, body: new Uint8Array(0) }],
		["a query", { ...START, url: "/configurationsessions?a=b" }],
		["another path", { ...START, url: "/configurationsessions/" }],
		["another method", { ...START, method: "PUT" }],
		["another host", withHeader("host", "127.0.0.1")],
		["another time", withHeader("x-amz-date", "20260115T120001Z")],
		["another type", withHeader("content-type", "application/x-amz-json-1.1")],
		[
			"another region",
			withHeader("authorization", authorization.replace("eu-west", "eu-east")),
		],
		[
			"fewer signed headers",
			withHeader("authorization", authorization.replace("content-type;", "")),
		],
		[
			"a shorter signature",
			withHeader("authorization", authorization.slice(0, -1)),
		],
	])("is refused with %s", async (_, request) => {
		const harness = createHarness(
			{ "shop/test/settings.json": "1" },
			{ principals: DEFAULT_PRINCIPALS },
		);
		const reply = await harness.request(request);
		expect(reply.status).toBe(403);
		expect(reply.header("x-amzn-ErrorType")).toBe("InvalidSignatureException");
	});
});
