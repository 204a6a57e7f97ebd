import { expect, test } from "vitest";
import {
	isKeyField,
	toKeyFields,
} from "../../../src/options/form/key-fields.ts";
import { nameFields } from "../../../src/options/form/profile-form.ts";
import { importRoute, importTextOf } from "../../../src/options/form/route.ts";
import { isOneValue } from "../../../src/options/keys/PasteBox.tsx";
import { isExport } from "../../../src/options/profile/use-configuration-paste.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

test("long-lived keys clear the session token and the expiry", () => {
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

test("a single value is pasted into its field, the output of a tool is parsed", () => {
	expect(isOneValue(` ${SECRET}\n`)).toBe(true);
	expect(isOneValue(`AWS_SECRET_ACCESS_KEY=${SECRET}`)).toBe(false);
	expect(isOneValue(`AKIA\n${SECRET}`)).toBe(false);
	expect(isKeyField("sessionToken")).toBe(true);
	expect(isKeyField("application")).toBe(false);
});

test("fields are announced by their names on the page", () => {
	expect(nameFields({ region: "eu-west-1", application: "shop" })).toBe(
		"Application, Region",
	);
});

test("a shared profile is recognized as text and as a link, and a link keeps every character", () => {
	const text = '{ "format": "appconfig-inspector", "name": "Bücher – ✓" }';
	const route = importRoute(text);
	const link = `chrome-extension://id/src/options/index.html#${route}`;
	expect(route).toMatch(/^import=[\w-]+$/);
	expect(isExport(text)).toBe(true);
	expect(isExport(link)).toBe(true);
	expect(importRoute(link)).toBe(route);
	expect(importTextOf(route)).toBe(text);
	expect(isExport("shop")).toBe(false);
	expect(importTextOf("import=%%%")).toBeUndefined();
});
