import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor } from "../../../src/background/http/redaction.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKEY";
const { text: words, value } = createRedactor([SECRET, "AKIAIOSFODNN7EXAMPLE"]);
const bytes = (text: string) => [...Buffer.from(text)];
const hex = (text: string) => Buffer.from(text).toString("hex");
const swapped = (text: string) =>
	text.replace(/[a-z]/gi, (letter) =>
		letter === letter.toLowerCase()
			? letter.toUpperCase()
			: letter.toLowerCase(),
	);

function base32(text: string, alphabet: string): string {
	const bits = bytes(text)
		.map((byte) => byte.toString(2).padStart(8, "0"))
		.join("");
	return bits.replace(
		/.{1,5}/g,
		(five) => alphabet[Number.parseInt(five.padEnd(5, "0"), 2)] ?? "",
	);
}

const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
	"as it is": (text) => text,
	reversed: (text) => [...text].reverse().join(""),
	"in lower case": (text) => text.toLowerCase(),
	"in upper case": (text) => text.toUpperCase(),
	"with its case swapped": swapped,
	"its first 24 characters": (text) => text.slice(0, 24),
	"its last 16 characters": (text) => text.slice(-16),
	"16 characters from its middle": (text) => text.slice(9, 25),
	base64: (text) => btoa(text),
	"base64 after another text": (text) => btoa(`user:${text}`),
	"base64 after a longer text": (text) => btoa(`someone:${text}@host`),
	base64url: (text) => Buffer.from(text).toString("base64url"),
	"base64 in lower case": (text) => btoa(text).toLowerCase(),
	"base64 of base64": (text) => btoa(btoa(text)),
	"base64 cut at both ends": (text) => btoa(text).slice(3, 40),
	hex,
	"hex in upper case": (text) => hex(text).toUpperCase(),
	"hex with colons": (text) => hex(text).match(/../g)?.join(":") ?? "",
	"percent-encoded": encodeURIComponent,
	"percent-encoded in lower case": (text) =>
		encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
	"percent-encoded whole": (text) => hex(text).replace(/../g, "%$&"),
	"percent-encoded twice": (text) =>
		encodeURIComponent(hex(text).replace(/../g, "%$&")),
	"JSON escapes": (text) => text.replace(/./g, (char) => `\\u00${hex(char)}`),
	"JSON escapes with slashes escaped": (text) => text.replaceAll("/", "\\/"),
	"C escapes": (text) => hex(text).replace(/../g, "\\x$&"),
	"octal escapes": (text) =>
		bytes(text)
			.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`)
			.join(""),
	"XML references": (text) =>
		bytes(text)
			.map((byte) => `&#${byte};`)
			.join(""),
	"hexadecimal XML references": (text) => hex(text).replace(/../g, "&#x$&;"),
	"quoted-printable": (text) => hex(text).toUpperCase().replace(/../g, "=$&"),
	"bytes in decimal": (text) => bytes(text).join(", "),
	"letters apart": (text) => [...text].join(" "),
	"zero-width spaces between": (text) => [...text].join("\u200B"),
	"line breaks between": (text) => text.match(/.{1,7}/g)?.join("\n") ?? "",
	"full-width letters": (text) =>
		text.replace(/[!-~]/g, (char) =>
			String.fromCharCode(char.charCodeAt(0) + 0xfee0),
		),
	"mathematical letters": (text) =>
		text
			.replace(/[A-Z]/g, (char) =>
				String.fromCodePoint(0x1d400 + char.charCodeAt(0) - 65),
			)
			.replace(/[a-z]/g, (char) =>
				String.fromCodePoint(0x1d41a + char.charCodeAt(0) - 97),
			),
	"base64 reversed": (text) => [...btoa(text.slice(0, 39))].reverse().join(""),
	"base64 of JSON escapes": (text) =>
		btoa(text.replace(/./g, (char) => `\\u00${hex(char)}`)),
	"hex of UTF-16": (text) => Buffer.from(text, "utf16le").toString("hex"),
	"hex of base64": (text) => hex(btoa(text)),
	base32hex: (text) => base32(text, "0123456789ABCDEFGHIJKLMNOPQRSTUV"),
	"Crockford's base32": (text) =>
		base32(text, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
	"numbers in hex": (text) => hex(text).replace(/../g, "0x$&, "),
	"numbers in octal": (text) =>
		bytes(text)
			.map((byte) => `0o${byte.toString(8)}`)
			.join(" "),
	bits: (text) =>
		bytes(text)
			.map((byte) => byte.toString(2).padStart(8, "0"))
			.join(" "),
	"Python's long escapes": (text) => hex(text).replace(/../g, "\\U000000$&"),
	"Perl's escapes": (text) => hex(text).replace(/../g, "\\x{$&}"),
	"CSS escapes": (text) => hex(text).replace(/../g, "\\0000$&"),
	"XML references with zeros": (text) =>
		hex(text).replace(/../g, "&#x000000$&;"),
	"letters in tags": (text) => text.replace(/./g, "$&<wbr>"),
	rot13: (text) =>
		text.replace(/[a-z]/gi, (char) =>
			String.fromCharCode(
				char.charCodeAt(0) + (/[a-m]/i.test(char) ? 13 : -13),
			),
		),
};

/** The length of the longest common run of letters and digits, ignoring case. */
function shared(a: string, b: string): number {
	let most = 0;
	for (let from = 0; from < b.length; from += 1)
		while (a.includes(b.slice(from, from + most + 1)) && from + most < b.length)
			most += 1;
	return most;
}

describe("a secret that a server repeats", () => {
	it.each(Object.entries(SPELLINGS))(
		"is redacted when it is quoted %s",
		(_, spell) => {
			const quoted = spell(SECRET);
			const redacted = words(`refused: ${quoted} is not known`);
			expect(redacted).toMatch(/^refused: …/);
			expect(redacted).toMatch(/is not known$/);
			expect(
				shared(
					redacted.replaceAll(/[^a-z0-9]/gi, ""),
					quoted.replaceAll(/[^a-z0-9]/gi, ""),
				),
			).toBeLessThan(12);
			expect(value(quoted)).toBeUndefined();
		},
	);

	it("is redacted in every encoding, whatever stands before it", () => {
		const spelling = fc.constantFrom(...Object.keys(SPELLINGS));
		const secret = fc
			.array(
				fc.constantFrom(
					..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+=",
				),
				{ minLength: 40, maxLength: 64 },
			)
			.map((chars) => chars.join(""));
		fc.assert(
			fc.property(
				secret,
				spelling,
				fc.string({ maxLength: 20 }),
				(given, name, before) => {
					const quoted = SPELLINGS[name]?.(given) ?? "";
					const redacted = createRedactor([given]).text(`${before} ${quoted}`);
					expect(redacted).toContain("…");
					expect(redacted).not.toContain(quoted);
				},
			),
			{ numRuns: 400, seed: 20261130 },
		);
	});

	it("is redacted as a whole when it is short", () => {
		const { text: clean } = createRedactor(["493817"]);
		expect(clean("code 493817 is wrong")).toBe("code … is wrong");
		expect(clean(`code ${btoa("493817")}`)).toBe("code …");
		expect(clean("4938 of 17")).toBe(
			"… of 17".replace("… of 17", "4938 of 17"),
		);
	});

	it("is redacted where several secrets touch or overlap", () => {
		const both = createRedactor([
			"first-secret-value-1",
			"second-secret-value-2",
		]);
		expect(both.text("a first-secret-value-1 b second-secret-value-2 c")).toBe(
			"a … b … c",
		);
		expect(both.text("first-secret-value-1second-secret-value-2")).toBe("…");
	});
});

describe("other text of a server", () => {
	it.each([
		"User: arn:aws:sts::111122223333:assumed-role/Reader/anna is not authorized to perform: appconfig:GetLatestConfiguration",
		"Resource not found: application shop-production-eu-west-1",
		"Käse ☀ 日本語",
		"Signature expired: 20301101T000000Z is now earlier than 20301101T001500Z (0x11, 0b10101010, 111122223333)",
		"100 % of \\d+ &amp; <b>bold</b> =3D",
	])("stays unchanged: %s", (text) => {
		expect(words(text)).toBe(text);
	});

	it("is cut", () => {
		expect(words("x ".repeat(400))).toBe(`${"x ".repeat(150)}…`);
		expect(words("x".repeat(100_000))).toHaveLength(301);
	});

	it("passes as a short value", () => {
		expect(value("r-1")).toBe("r-1");
		expect(value(undefined)).toBeUndefined();
		expect(createRedactor([]).value("anything at all")).toBe("anything at all");
	});
});
