// What becomes of a text that is pasted into the form.
import { expect, test } from "vitest";
import { nameFields, readPaste, toKeyFields } from "../../src/options/paste.ts";

const ID = "ASIAABCDEFGHIJKLMNOP";
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const EXPORTED = `export AWS_ACCESS_KEY_ID=${ID}\nexport AWS_SECRET_ACCESS_KEY=${SECRET}\nexport AWS_SESSION_TOKEN=token`;

test("all that an AWS tool prints, pasted into one key field, fills the three of them", () => {
	for (const field of ["accessKeyId", "secretAccessKey", "sessionToken"])
		expect(readPaste(field, EXPORTED)).toEqual({
			kind: "keys",
			pasted: {
				credentials: {
					accessKeyId: ID,
					secretAccessKey: SECRET,
					sessionToken: "token",
				},
			},
		});
});

test("long-lived keys empty the session token that stood there", () => {
	const result = readPaste(
		"accessKeyId",
		`AWS_ACCESS_KEY_ID=AKIAABCDEFGHIJKLMNOP\nAWS_SECRET_ACCESS_KEY=${SECRET}`,
	);
	if (result.kind !== "keys") throw new Error(result.kind);
	expect(toKeyFields(result.pasted)).toMatchObject({ sessionToken: "" });
});

test("one value is pasted where it is pasted", () => {
	expect(readPaste("secretAccessKey", SECRET)).toEqual({ kind: "plain" });
	expect(readPaste("application", "storefront")).toEqual({ kind: "plain" });
});

test("several sets of keys are a choice", () => {
	const block = (name: string) =>
		`[${name}]\naws_access_key_id=AKIAABCDEFGHIJKLMNOP\naws_secret_access_key=${SECRET}\n`;
	const result = readPaste("accessKeyId", block("default") + block("prod"));
	if (result.kind !== "choice") throw new Error(result.kind);
	expect(result.choices.map(({ name }) => name)).toEqual(["default", "prod"]);
	expect(result.choices.map(toKeyFields)).toHaveLength(2);
});

test("what cannot be keys is refused with a reason that does not repeat it", () => {
	const result = readPaste("accessKeyId", `AWS_ACCESS_KEY_ID=${ID}`);
	if (result.kind !== "refused") throw new Error(result.kind);
	expect(result.reason).toContain("missing");
	expect(result.reason).not.toContain(ID);
});

test("an ARN, pasted into any field of the place, fills in what it names", () => {
	const arn =
		"arn:aws:appconfig:eu-west-1:123456789012:application/abc1234/environment/def5678/configuration/ghi9012";
	const result = readPaste("application", arn);
	if (result.kind !== "fields") throw new Error(result.kind);
	expect(nameFields(result.fields)).toBe(
		"Application, Environment, Configuration profile, Region",
	);
});
