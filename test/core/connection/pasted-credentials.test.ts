import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePastedCredentials } from "../../../src/core/connection/pasted-credentials.ts";
import { ok } from "../../../src/core/shared/result.ts";
import { times } from "../../helpers/effort.ts";

/** The sets of keys alone. */
function parsePasted(text: string) {
	const parsed = parsePastedCredentials(text);
	return parsed.ok ? ok(parsed.value.sets) : parsed;
}

const ID = "ASIAABCDEFGHIJKLMNOP";
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const TOKEN = "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==";
const EXPIRES = "2026-11-22T23:00:00+00:00";
const EXPIRES_MS = Date.UTC(2026, 10, 22, 23);

interface Keys {
	readonly id: string;
	readonly secret: string;
	readonly token: string;
	readonly expires: string;
}

/** Every format, as the tool that prints it does. */
const FORMATS: { readonly [name: string]: (keys: Keys) => string } = {
	"export-credentials env": (k) =>
		`export AWS_ACCESS_KEY_ID=${k.id}\nexport AWS_SECRET_ACCESS_KEY=${k.secret}\nexport AWS_SESSION_TOKEN=${k.token}\nexport AWS_CREDENTIAL_EXPIRATION=${k.expires}\n`,
	"export-credentials env-no-export": (k) =>
		`AWS_ACCESS_KEY_ID=${k.id}\nAWS_SECRET_ACCESS_KEY=${k.secret}\nAWS_SESSION_TOKEN=${k.token}\nAWS_CREDENTIAL_EXPIRATION=${k.expires}\n`,
	"export-credentials powershell": (k) =>
		`$Env:AWS_ACCESS_KEY_ID="${k.id}"\r\n$Env:AWS_SECRET_ACCESS_KEY="${k.secret}"\r\n$Env:AWS_SESSION_TOKEN="${k.token}"\r\n$Env:AWS_CREDENTIAL_EXPIRATION="${k.expires}"\r\n`,
	"export-credentials windows-cmd": (k) =>
		`set AWS_ACCESS_KEY_ID=${k.id}\r\nset AWS_SECRET_ACCESS_KEY=${k.secret}\r\nset AWS_SESSION_TOKEN=${k.token}\r\nset AWS_CREDENTIAL_EXPIRATION=${k.expires}\r\n`,
	"export-credentials fish": (k) =>
		`set -gx AWS_ACCESS_KEY_ID ${k.id}\nset -gx AWS_SECRET_ACCESS_KEY ${k.secret}\nset -gx AWS_SESSION_TOKEN ${k.token}\nset -gx AWS_CREDENTIAL_EXPIRATION ${k.expires}\n`,
	"export-credentials process": (k) =>
		JSON.stringify({
			Version: 1,
			AccessKeyId: k.id,
			SecretAccessKey: k.secret,
			SessionToken: k.token,
			Expiration: k.expires,
		}),
	"a credentials file": (k) =>
		`# temporary\n[123456789012_ReadOnly]\naws_access_key_id = ${k.id}\naws_secret_access_key=${k.secret}\naws_session_token =${k.token}\nexpiration = ${k.expires}\nregion = eu-west-1\n`,
	"the access portal's shell lines": (k) =>
		`export AWS_ACCESS_KEY_ID="${k.id}"\nexport AWS_SECRET_ACCESS_KEY="${k.secret}"\nexport AWS_SESSION_TOKEN="${k.token}"\nexport AWS_CREDENTIAL_EXPIRATION="${k.expires}"`,
	"the access portal's cmd lines": (k) =>
		`SET AWS_ACCESS_KEY_ID=${k.id}\nSET AWS_SECRET_ACCESS_KEY=${k.secret}\nSET AWS_SESSION_TOKEN=${k.token}\nSET AWS_CREDENTIAL_EXPIRATION=${k.expires}`,
	"sts assume-role": (k) =>
		JSON.stringify({
			Credentials: {
				AccessKeyId: k.id,
				SecretAccessKey: k.secret,
				SessionToken: k.token,
				Expiration: k.expires,
			},
			AssumedRoleUser: { Arn: "arn:aws:sts::123456789012:assumed-role/a/b" },
		}),
	"sso get-role-credentials": (k) =>
		JSON.stringify({
			roleCredentials: {
				accessKeyId: k.id,
				secretAccessKey: k.secret,
				sessionToken: k.token,
				expiration: Date.parse(k.expires),
			},
		}),
	"instance metadata": (k) =>
		JSON.stringify({
			Code: "Success",
			Type: "AWS-HMAC",
			AccessKeyId: k.id,
			SecretAccessKey: k.secret,
			Token: k.token,
			Expiration: k.expires,
		}),
	cognito: (k) =>
		JSON.stringify({
			IdentityId: "eu-west-1:1",
			Credentials: {
				AccessKeyId: k.id,
				SecretKey: k.secret,
				SessionToken: k.token,
				Expiration: Date.parse(k.expires) / 1_000,
			},
		}),
	"aws login": (k) =>
		JSON.stringify({
			accessToken: {
				accessKeyId: k.id,
				secretAccessKey: k.secret,
				sessionToken: k.token,
				expiresAt: k.expires,
			},
		}),
};

const KEYS = { id: ID, secret: SECRET, token: TOKEN, expires: EXPIRES };

describe("pasted credentials", () => {
	it.each(Object.entries(FORMATS))("from %s are understood", (_, print) => {
		expect(parsePasted(print(KEYS))).toMatchObject({
			ok: true,
			value: [
				{
					credentials: {
						accessKeyId: ID,
						secretAccessKey: SECRET,
						sessionToken: TOKEN,
					},
					expiresAt: EXPIRES_MS,
				},
			],
		});
	});

	it("may be the three values alone, each on its line", () => {
		expect(parsePasted(` ${ID}\n${SECRET}\n${TOKEN} \n`)).toMatchObject({
			ok: true,
			value: [{ credentials: { sessionToken: TOKEN } }],
		});
	});

	it("of several blocks are a choice, by name", () => {
		const text = `[default]\naws_access_key_id=AKIAABCDEFGHIJKLMNOP\naws_secret_access_key=${SECRET}\n\n[profile prod]\n${FORMATS["export-credentials env-no-export"]?.(KEYS)}`;
		const parsed = parsePasted(text);
		expect(parsed.ok && parsed.value.map(({ name }) => name)).toEqual([
			"default",
			"prod",
		]);
	});

	it.each([
		["", "nothing here"],
		["hello", "No credentials"],
		["[default]\nregion = eu-west-1", "No credentials"],
		[`{"AccessKeyId":"${ID}"`, "JSON"],
		["a\0b", "NUL"],
		["x".repeat(70_000), "too long"],
		[`AWS_ACCESS_KEY_ID=${ID}`, "secret access key is missing"],
		[`AWS_SECRET_ACCESS_KEY=${SECRET}`, "access key ID is missing"],
		[`${ID}\n${SECRET}`, "session token is missing"],
		[`AWS_ACCESS_KEY_ID=AKIA\nAWS_SECRET_ACCESS_KEY=${SECRET}`, "not one"],
		[`AWS_ACCESS_KEY_ID=${ID}\nAWS_SECRET_ACCESS_KEY=short`, "cut off"],
		[
			`AWS_ACCESS_KEY_ID=${ID}\nAWS_ACCESS_KEY_ID=AKIAABCDEFGHIJKLMNOP\nAWS_SECRET_ACCESS_KEY=${SECRET}`,
			"mixed",
		],
	])("that cannot be used (%#) are refused with the reason", (text, words) => {
		const parsed = parsePasted(text);
		expect(parsed.ok ? "" : parsed.error).toContain(words);
	});

	it("come out of every format exactly as they went in", () => {
		const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
		const upper = fc.constantFrom(...letters);
		const base64 = fc.constantFrom(...letters, ..."abcxyz+/=");
		const keys = fc.record({
			id: fc
				.string({ unit: upper, minLength: 16, maxLength: 16 })
				.map((s) => `ASIA${s}`),
			secret: fc.string({ unit: base64, minLength: 40, maxLength: 40 }),
			token: fc.string({ unit: base64, minLength: 100, maxLength: 400 }),
			expires: fc.constant(EXPIRES),
		});
		const print = fc.constantFrom(...Object.values(FORMATS));
		fc.assert(
			fc.property(keys, print, (generated, format) => {
				const parsed = parsePasted(format(generated));
				expect(parsed.ok && parsed.value[0]?.credentials).toEqual({
					accessKeyId: generated.id,
					secretAccessKey: generated.secret,
					sessionToken: generated.token,
				});
			}),
			{ numRuns: times(2_000, 10_000) },
		);
	});

	it("that were damaged never crash it and never show up in its words", () => {
		const damage = fc.record({
			at: fc.nat(600),
			cut: fc.nat(40),
			put: fc.oneof(
				fc.string({ maxLength: 5 }),
				fc.string({ unit: "binary", maxLength: 3 }),
			),
			format: fc.constantFrom(...Object.values(FORMATS)),
		});
		fc.assert(
			fc.property(damage, ({ at, cut, put, format }) => {
				const text = format(KEYS);
				const parsed = parsePasted(
					text.slice(0, at) + put + text.slice(at + cut),
				);
				if (parsed.ok) return;
				for (const secret of [ID, SECRET, TOKEN])
					for (let i = 0; i + 12 <= secret.length; i += 6)
						if (parsed.error.includes(secret.slice(i, i + 12)))
							throw new Error(`It repeats what was pasted: ${parsed.error}`);
			}),
			{ numRuns: times(2_000, 10_000) },
		);
	}, 120_000);
});
