// What becomes of a text that is pasted into the form.
import { expect, test } from "vitest";
import {
	isKeyField,
	isOneKey,
	isShared,
	nameFields,
	toKeyFields,
} from "../../../src/options/profile/paste.ts";
import { importRoute, importTextOf } from "../../../src/options/route.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

test("long-lived keys empty the session token and the end that stood there", () => {
	const credentials = { accessKeyId: "AKIA", secretAccessKey: SECRET };
	expect(toKeyFields({ credentials })).toEqual({
		...credentials,
		sessionToken: "",
		expiresAt: "",
	});
	expect(toKeyFields({ credentials, expiresAt: 1_800_000_000_000 })).toEqual({
		...credentials,
		sessionToken: "",
		expiresAt: "1800000000000",
	});
});

test("one value is pasted where it is pasted, what a tool prints is not", () => {
	expect(isOneKey(` ${SECRET}\n`)).toBe(true);
	expect(isOneKey(`AWS_SECRET_ACCESS_KEY=${SECRET}`)).toBe(false);
	expect(isOneKey(`AKIA\n${SECRET}`)).toBe(false);
	expect(isKeyField("sessionToken")).toBe(true);
	expect(isKeyField("application")).toBe(false);
});

test("fields are told by the names that they have on the page", () => {
	expect(nameFields({ region: "eu-west-1", application: "shop" })).toBe(
		"Application, Region",
	);
});

test("a shared profile is known as a text and as a link, and a link holds every character", () => {
	const text = '{ "format": "appconfig-inspector", "name": "Bücher – ✓" }';
	const route = importRoute(text);
	const link = `chrome-extension://id/src/options/index.html#${route}`;
	expect(route).toMatch(/^import=[\w-]+$/);
	expect(isShared(text)).toBe(true);
	expect(isShared(link)).toBe(true);
	expect(importRoute(link)).toBe(route);
	expect(importTextOf(route)).toBe(text);
	expect(isShared("shop")).toBe(false);
	expect(importTextOf("import=%%%")).toBeUndefined();
});
