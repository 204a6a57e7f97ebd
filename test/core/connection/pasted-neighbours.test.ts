import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePastedCredentials } from "../../../src/core/connection/pasted-credentials.ts";
import { times } from "../../helpers/effort.ts";
import { FORMS, type Keys } from "./pasted-forms.ts";

interface Case {
	readonly id: string;
	readonly text: string;
	readonly expect: {
		readonly refused?: boolean;
		readonly accessKeyId: string;
		readonly secretAccessKey: string;
		readonly sessionToken?: string | null;
		readonly expiresAt?: number;
		readonly name?: string;
	};
}

const cases: readonly Case[] = JSON.parse(
	readFileSync(
		new URL("../../fixtures/pasted-credentials.json", import.meta.url),
		"utf8",
	),
);

const KEYS: Keys = {
	id: "ASIAQ3EGZX7EXAMPLE01",
	secret: "/8Zr/w+Jx0Lm5Nc7Vb2Ty9Ku4Hg6Fd1Sa3PoEXA=",
	token:
		"IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQDexample+/abc==",
};
const OLD: Keys = {
	id: "ASIAOLDOLDOLDOLDOLD1",
	secret: "OLDOLDOLDOLDOLDOLDOLDOLDOLDOLDOLDOLDOLD1",
	token: "OLDTOKENOLDTOKENOLDTOKENOLDTOKENOLDTOKENOLDTOKENOLDTOKEN",
};

/** What came out: sets as triples, or the reason. */
function read(text: string): readonly (readonly string[])[] | string {
	const result = parsePastedCredentials(text);
	if (!result.ok) return result.error;
	return result.value.sets.map(({ credentials }) => [
		credentials.accessKeyId,
		credentials.secretAccessKey,
		credentials.sessionToken ?? "",
	]);
}

const triple = ({ id, secret, token }: Keys) => [id, secret, token];

describe("what tools print", () => {
	it.each(cases)("$id", ({ text, expect: right }) => {
		const result = parsePastedCredentials(text);
		if (right.refused) return expect(result.ok).toBe(false);
		const [set, ...more] = result.ok ? result.value.sets : [];
		expect(more).toEqual([]);
		expect(set?.credentials).toEqual({
			accessKeyId: right.accessKeyId,
			secretAccessKey: right.secretAccessKey,
			...(right.sessionToken ? { sessionToken: right.sessionToken } : {}),
		});
		if (right.expiresAt) expect(set?.expiresAt).toBe(right.expiresAt);
		if (right.name) expect(set?.name).toBe(right.name);
	});
});

describe.each(Object.entries(FORMS))("keys as %s", (_, form) => {
	const text = form(KEYS);

	it("come out as they went in", () => {
		expect(read(text)).toEqual([triple(KEYS)]);
	});

	it.each([
		["a line break at its end", `${text}\n`],
		["Windows' line breaks", text.replaceAll(/\r?\n/g, "\r\n")],
		["empty lines around it", `\n\n${text}\n\n\n`],
		["a byte order mark", `\uFEFF${text}`],
		["blanks at the ends of its lines", text.replaceAll(/\r?\n/g, "  \n")],
	])("come out the same with %s", (_, noisy) => {
		expect(read(noisy)).toEqual([triple(KEYS)]);
	});

	it.each([
		["#", (old: string) => old.replaceAll(/^/gm, "# ")],
		["//", (old: string) => old.replaceAll(/^/gm, "// ")],
		["/* */", (old: string) => `/* ${old} */`],
		["<!-- -->", (old: string) => `<!--\n${old}\n-->`],
	])(
		"are not replaced by older ones in comments of the kind %s",
		(_, comment) => {
			const old = comment(form(OLD).replaceAll("\r\n", "\n"));
			for (const noisy of [`${old}\n${text}`, `${text}\n${old}\n`]) {
				const found = read(noisy);
				// CSV has no comments: the text before or behind it may be refused, but never read.
				if (typeof found !== "string") expect(found).toEqual([triple(KEYS)]);
				expect(JSON.stringify(found)).not.toContain(OLD.id);
			}
			if (!/[Cc]sv|three|tsv/.test(form.name))
				expect(read(old)).toEqual(expect.any(String));
		},
	);

	it("cut off anywhere are never another set of keys", () => {
		for (let end = 0; end < text.length; end += 1) {
			const found = read(text.slice(0, end));
			if (typeof found !== "string")
				for (const set of found) expect(isCutOf(set, KEYS)).toBe(true);
		}
	});

	it("wrapped anywhere are whole or refused", () => {
		const wraps = ["\n", "\n> ", "\n    ", "\r\n", " "];
		for (let at = 1; at < text.length; at += 1) {
			const wrap = wraps[at % wraps.length] ?? "";
			const found = read(text.slice(0, at) + wrap + text.slice(at));
			if (typeof found !== "string")
				for (const set of found) expect(set).toEqual(triple(KEYS));
		}
	});

	it("twice with other values are refused, or both are offered", () => {
		const found = read(`${text}\n${form(OLD)}\n`);
		if (typeof found !== "string")
			for (const set of found)
				expect([triple(KEYS), triple(OLD)]).toContainEqual(set);
	});
});

/** A text that ends within its last value tells nobody that the value is cut; everything before it is whole. */
function isCutOf([id, secret, token = ""]: readonly string[], keys: Keys) {
	return (
		id === keys.id &&
		secret === keys.secret &&
		token.length >= 16 &&
		keys.token.startsWith(token)
	);
}

describe("fuzz", () => {
	const base64 = fc.constantFrom(
		..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
	);
	const keys = fc.record({
		id: fc
			.string({
				unit: fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
				minLength: 16,
				maxLength: 16,
			})
			.map((text) => `ASIA${text}`),
		secret: fc.string({ unit: base64, minLength: 40, maxLength: 40 }),
		token: fc
			.tuple(
				fc.string({ unit: base64, minLength: 100, maxLength: 900 }),
				fc.constantFrom("", "=", "=="),
			)
			.map((parts) => parts.join("")),
	});
	const form = fc.constantFrom(...Object.values(FORMS));
	const noise = fc.constantFrom(
		"",
		"# AWS\n",
		"Here they are:\n\n",
		"[default]\nregion = eu-west-1\n\n",
		"unset AWS_PROFILE\n",
		'{"Account": "111122223333"}\n',
		"```\n",
		"// keys of the shop\n",
		"# export AWS_SECRET_ACCESS_KEY=OLDOLDOLDOLDOLDOLDOLDOLDOLDOLDOLDOLDOLD1\n",
		"export AWS_REGION=eu-west-1\n",
		"It's for Anna's machine.\n",
	);

	it("any keys in any form come out between any noise; without names they may be refused", () => {
		const named = fc.constantFrom(...Object.keys(FORMS));
		fc.assert(
			fc.property(keys, named, noise, noise, (made, name, before, after) => {
				const found = read(`${before}${FORMS[name]?.(made)}\n\n${after}`);
				if (name.startsWith("three") && typeof found === "string") return;
				expect(found).toEqual([triple(made)]);
			}),
			{ numRuns: times(600, 3_000) },
		);
	});

	it("keys of two machines are never mixed", () => {
		fc.assert(
			fc.property(
				fc.tuple(keys, form),
				fc.tuple(keys, form),
				([one, first], [two, second]) => {
					const found = read(`${first(one)}\n\n${second(two)}\n`);
					if (typeof found === "string") return;
					for (const set of found)
						expect([triple(one), triple(two)]).toContainEqual(set);
				},
			),
			{ numRuns: times(600, 3_000) },
		);
	});
});

describe("a token that ends with the padding of base64", () => {
	it.each([
		["words", (text: string) => `${text} app bash`],
		["a line of words", (text: string) => `${text}\nlayout python3\n`],
		["a table", (text: string) => `${text}\nttl                59m59s\n`],
	])("is whole, whatever follows: %s", (_, followed) => {
		const text = FORMS["docker -e"]?.(KEYS).replace(
			" amazon/aws-cli s3 ls",
			"",
		);
		expect(read(followed(text ?? ""))).toEqual([triple(KEYS)]);
	});
});

describe("a variable with the name TOKEN", () => {
	it("is not taken for a session token when it is none", () => {
		const text = `TOKEN=ghp_abcdefghijklmnopqrstuvwxyz0123456789\nAWS_ACCESS_KEY_ID=AKIAQ3EGZX7EXAMPLE01\nAWS_SECRET_ACCESS_KEY=${KEYS.secret}\n`;
		expect(read(text)).toEqual([["AKIAQ3EGZX7EXAMPLE01", KEYS.secret, ""]]);
	});
});

describe("what is refused, with the reason", () => {
	const { id, secret, token } = KEYS;
	it.each([
		[
			`AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\nAWS_SECRET_ACCESS_KEY=${OLD.secret}\nAWS_SESSION_TOKEN=${token}`,
			"Two different secret access keys",
		],
		[
			`AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\nAWS_SESSION_TOKEN=${token}\nAWS_SECURITY_TOKEN=${OLD.token}`,
			"Two different session tokens",
		],
		[
			`{"AccessKeyId":"${id}","AccessKeyId":"${OLD.id}","SecretAccessKey":"${secret}","SessionToken":"${token}"}`,
			"Two different access key IDs",
		],
		[
			`export AWS_ACCESS_KEY_ID=${id}\nexport AWS_SECRET_ACCESS_KEY="${secret}\nexport AWS_SESSION_TOKEN=${token}`,
			"quotes around the secret access key in line 2 are not closed",
		],
		[
			`aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\naws_session_token = ${token.slice(0, 30)} ${token.slice(30)}`,
			"follow the session token in line 3",
		],
		[
			`access_key     ****************ABCD shared-credentials-file\nAccess key ID: AKIAQ3EGZX7EXAMPLE01\nSecret access key: ****************\n`,
			"hidden or a placeholder",
		],
		[
			`AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=<your secret access key>\n`,
			"placeholder",
		],
		[
			`TOKEN=ghp_abcdefghijklmnopqrstuvwxyz0123456789\nAWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\n`,
			"session token is missing",
		],
		[
			`{\n  accessKeyId: '${id}',\n  secretAccessKey: '${secret}',\n  sessionToken: '${token.slice(0, 40)}' +\n    '${token.slice(40)}'\n}`,
			"Another text is joined to the session token in line 4",
		],
		[
			`aws_access_key_id="${id}",\naws_secret_access_key="${secret}",\naws_session_token=("${token.slice(0, 40)}"\n    "${token.slice(40)}"),`,
			"the session token in line 3",
		],
		[
			`aws_access_key_id="${id}"; aws_secret_access_key="${secret}"; aws_session_token="${token.slice(0, 40)}" "${token.slice(40)}"`,
			"Another text is joined to the session token in line 1",
		],
		[
			`AWS_ACCESS_KEY_ID: \${{ secrets.AWS_ACCESS_KEY_ID }}\nAWS_SECRET_ACCESS_KEY: \${{ secrets.AWS_SECRET_ACCESS_KEY }}\n`,
			"The access key ID is hidden or a placeholder",
		],
		[
			'AWS_ACCESS_KEY_ID="op://dev/aws/id"\nAWS_SECRET_ACCESS_KEY="op://dev/aws/secret"\n',
			"The access key ID is hidden or a placeholder",
		],
		[
			`-aws_secret_access_key = ${OLD.secret}\n+aws_secret_access_key = ${secret}\n aws_access_key_id = ${id}`,
			"This is a diff",
		],
		[
			`# export AWS_ACCESS_KEY_ID=${id}\n# export AWS_SECRET_ACCESS_KEY=${secret}`,
			"in comments",
		],
		[
			`{"startUrl":"https://d-1234567890.awsapps.com/start","region":"eu-west-1","accessToken":"aoaAAAAAGUx","expiresAt":"2031-03-09T10:11:12Z"}`,
			"cached sign-in to IAM Identity Center",
		],
		[
			`${id}\n${secret}\n${token.slice(0, 50)}\n${token.slice(50)}`,
			"More than three",
		],
		[
			`AWS_ACCESS_KEY_ID=AKIAQ3EGZX7EXAMPLE01\nAWS_SECRET_ACCESS_KEY=${secret}\nAWS_SESSION_TOKEN=${token}`,
			"has no session token",
		],
		[`Access key ID,Secret access key\n${id}\n`, "No credentials"],
		[
			`{"AccessKeyId":"${id}","SecretAccessKey":"${secret}"}\n{"AccessKeyId":"${id}","SecretAccessKey":"${OLD.secret}","SessionToken":"${token}"}`,
			"session token is missing",
		],
		[
			`{"AccessKeyId":"${id}","SecretAccessKey":"${secret}","SessionToken":"${token}"}\n{"AccessKeyId":"${id}","SecretAccessKey":"${OLD.secret}","SessionToken":"${token}"}`,
			"different secrets",
		],
	])("%#", (text, words) => {
		const found = parsePastedCredentials(text);
		const told = found.ok ? found.value.problems.join(" ") : found.error;
		expect(told).toContain(words);
		for (const value of [id, secret, token, ...triple(OLD)])
			for (let at = 0; at + 12 <= value.length; at += 1)
				expect(told.includes(value.slice(at, at + 12))).toBe(false);
	});
});

describe("several sets", () => {
	const file = (name: string, keys: Keys) =>
		`[${name}]\naws_access_key_id = ${keys.id}\naws_secret_access_key = ${keys.secret}\naws_session_token = ${keys.token}\n\n`;

	it("of a credentials file are a choice by name; what is broken among them is told", () => {
		const result = parsePastedCredentials(
			`${file("dev", KEYS)}[half]\naws_access_key_id = ${OLD.id}\n\n${file("old", OLD)}[empty]\nregion = eu-west-1\n`,
		);
		if (!result.ok) throw new Error(result.error);
		expect(result.value.sets.map(({ name }) => name)).toEqual(["dev", "old"]);
		expect(result.value.problems).toEqual([
			"The secret access key is missing (block “half”).",
		]);
	});

	it("may have names that every object has", () => {
		for (const name of ["__proto__", "constructor", "toString"]) {
			const result = parsePastedCredentials(file(name, KEYS));
			expect(result.ok && result.value.sets[0]?.name).toBe(name);
			expect(parsePastedCredentials(`${name} = x\n${name}: y`).ok).toBe(false);
			const json = `{"${name}": {"AccessKeyId": "${KEYS.id}", "SecretAccessKey": "${KEYS.secret}", "SessionToken": "${KEYS.token}"}}`;
			expect(read(json)).toEqual([triple(KEYS)]);
		}
	});

	it("said twice is one set", () => {
		expect(
			read(`${FORMS["sh export"]?.(KEYS)}\n${FORMS["process JSON"]?.(KEYS)}`),
		).toEqual([triple(KEYS)]);
	});
});

describe("the end of keys", () => {
	const at = Date.UTC(2031, 2, 9, 10, 11, 12);
	const keys = FORMS["sh export"]?.(KEYS);
	it.each([
		["AWS_CREDENTIAL_EXPIRATION=2031-03-09T10:11:12Z", at],
		["AWS_SESSION_EXPIRATION='2031-03-09T10:11:12+0000'", at],
		["x_security_token_expires = 2031-03-09T11:11:12+01:00", at],
		["expiration = 2031-03-09 10:11:12 +0000 UTC", at],
		["Expiration: Sun, 09 Mar 2031 10:11:12 GMT", at],
		[`expires_at: ${at}`, at],
		[`expiration: ${at / 1_000}`, at],
		["expiration: 2031-03-09T10:11:12", undefined],
		["expiration: 2031-02-30T10:11:12Z", undefined],
		["expires: tomorrow", undefined],
		["# AWS_CREDENTIAL_EXPIRATION=2031-03-09T10:11:12Z", undefined],
	])("written as %s", (line, expected) => {
		const result = parsePastedCredentials(`${keys}\n${line}\n`);
		expect(result.ok && result.value.sets[0]?.expiresAt).toBe(expected);
	});

	it("told twice with two times is refused", () => {
		expect(
			read(
				`${keys}\nexpiration: 2031-03-09T10:11:12Z\nexpires_at: 2031-03-09T10:11:13Z`,
			),
		).toContain("Two different expirations");
	});
});

describe("64 KB of anything", () => {
	it.each([
		"[",
		"{",
		'{"a":',
		'{"',
		"<a b='",
		"}",
		"AWS_SECRET_ACCESS_KEY=x ",
		"token\n",
		"a \\\n",
		" //",
		"/* ",
		"- a: b\n",
		"access key,secret key\n",
		"[a]\naws_access_key_id=AKIAQ3EGZX7EXAMPLE01\n",
	])("%j over and over is refused", (text) => {
		const found = read(text.repeat(Math.floor(65_536 / text.length)));
		expect(found).toEqual(expect.any(String));
	});
});
