// Versions whose bytes differ are never reported as unchanged. The documents are generated from models, so their meaning is known.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffStructure } from "../../../src/document/diff/json/structure-diff.ts";
import { runToEnd } from "../../../src/document/diff/text/cooperative-task.ts";
import { ionToExtended } from "../../../src/document/formats/ion.ts";
import type { ExtendedDocument } from "../../../src/document/formats/presentation.ts";
import { readYaml } from "../../../src/document/formats/yaml.ts";
import { toCopyText } from "../../../src/ui/diff/copy-text.ts";
import {
	type ParsedInput,
	parseInput,
} from "../../../src/ui/diff/parse-input.ts";
import { summarizeChange } from "../../../src/ui/diff/summarize.ts";
import { compareSources } from "../../../src/ui/diff/text-comparison.ts";

interface Sent {
	readonly bytes: Uint8Array;
	readonly contentType: string;
}

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length * 2);
	const view = new DataView(bytes.buffer);
	for (let at = 0; at < text.length; at += 1)
		view.setUint16(at * 2, text.charCodeAt(at), true);
	return bytes;
}

const latin1 = (text: string) =>
	Uint8Array.from(text, (char) => char.charCodeAt(0));

function readSent({ bytes: body, contentType }: Sent): ParsedInput {
	const { text, kind } = parseInput({ body, contentType });
	const extended = (): ExtendedDocument | undefined => {
		try {
			return kind === "yaml"
				? readYaml(text)
				: kind === "ion"
					? ionToExtended(text)
					: undefined;
		} catch {
			return undefined;
		}
	};
	return parseInput({ body, contentType, extended: extended() });
}

const summaryOf = (original: Sent, modified: Sent) =>
	summarizeChange(readSent(original), readSent(modified));

/** In words, as it is copied. */
function wordsOf(original: Sent, modified: Sent): string {
	const [left, right] = [readSent(original), readSent(modified)];
	if (!left.tree || !right.tree) throw new Error("no documents");
	const structure = runToEnd(diffStructure(left.tree, right.tree));
	return toCopyText(
		{ original: left, modified: right, structure },
		"sentences",
		"x",
	);
}

const yaml = (text: string): Sent => ({
	bytes: utf8(text),
	contentType: "application/x-yaml",
});
const json = (text: string): Sent => ({
	bytes: utf8(text),
	contentType: "application/json",
});
const ion = (text: string): Sent => ({
	bytes: utf8(text),
	contentType: "application/ion",
});

describe("a change of type or tag in YAML is a change", () => {
	test.each([
		["port: 0x50", 'port: "0x50"'],
		["code: !Ref x", 'code: "!Ref x"'],
		["code: !Ref x", "code: !Sub x"],
		["code: !Ref x", "code: x"],
		["n: .5", "n: '.5'"],
		["n: 012", "n: '012'"],
		["n: 012", "n: 12"],
		["n: true", "n: 'true'"],
		["n: ~", "n: '~'"],
		["n: 1", "n: !!float 1"],
		["l: !!set {a, b}", "l: {a: , b: }"],
		["l: !A [1]", "l: !B [1]"],
		["- !A {x: 1}\n- 2", "- {x: 1}\n- 2"],
		["!A {x: 1}", "{x: 1}"],
		["a: !x [1, 2]\nb: 1", "a: [1, 2]\nb: 1"],
		["- 1\n- !t 2\n- 3", "- 1\n- '2'\n- 3"],
		[
			"%TAG !e! tag:a,2000:\n---\na: !e!x 1",
			"%TAG !e! tag:b,2000:\n---\na: !e!x 1",
		],
	])("%j → %j", (original, modified) => {
		expect(summaryOf(yaml(original), yaml(modified)).text).toMatch(
			/^1 changed/,
		);
	});

	test.each([
		["1: a", "'1': a", "key types only"],
		["- 1\n- 2", "--- 1\n--- 2", "documents only"],
		["a: yes", "a: 'yes'", "formatting and YAML 1.1 types only"],
		["<<: {a: 1}", "a: 1", "formatting and merge keys only"],
		[
			"x: &a {b: 1}\ny: {<<: *a}\nz: {b: 1}",
			"x: &a {b: 1}\ny: {b: 1}\nz: {<<: *a}",
			"formatting and merge keys only",
		],
		["a: 2026-11-30", "a: '2026-11-30'", "formatting and YAML 1.1 types only"],
	])(
		"%j → %j is reported as more than formatting",
		(original, modified, text) => {
			const summary = summaryOf(yaml(original), yaml(modified));
			expect(summary.size).toBeGreaterThan(0);
			expect(summary.text).toContain(text.split(" and ").at(-1));
		},
	);

	test.each([
		["a: x", "a: 'x'", "Nothing but formatting changed."],
		["a: 1 # x", "a: 1 # y", "Nothing but formatting and comments changed."],
		[
			"a: &x 1\nb: *x",
			"a: 1\nb: 1",
			"Nothing but formatting and anchors changed.",
		],
		[
			"a: 1\nb: 2",
			"b: 2\na: 1",
			"Nothing but formatting and the order of keys changed.",
		],
		["a: 1\nb: 2\n", "a: 1\r\nb: 2\r\n", "Nothing but line endings changed."],
		["a: 1", "a: 1\n", "Nothing but the final line feed changed."],
		[
			"%YAML 1.1\n---\na: 1",
			"%YAML 1.2\n---\na: 1",
			"Nothing but formatting and directives changed.",
		],
		[
			"a: !!binary SGVsbG8=",
			"a: !!binary |\n  SGVs\n  bG8=",
			"Nothing but formatting changed.",
		],
		[
			"a: !<tag:yaml.org,2002:set> {b}",
			"a: !!set {b}",
			"Nothing but formatting changed.",
		],
	])("%j → %j: %s", (original, modified, words) => {
		expect(wordsOf(yaml(original), yaml(modified))).toBe(`${words}\n`);
	});
});

describe("a change of type in Ion is a change", () => {
	test.each([
		["{a: x}", '{a: "x"}'],
		["{a: (x y)}", "{a: [x, y]}"],
		["{a: x::1}", "{a: y::1}"],
		["{a: x::1}", "{a: 1}"],
		["{a: null.int}", "{a: null}"],
		["{a: 1}", "{a: 1e0}"],
		["{a: {{aGk=}}}", '{a: "aGk="}'],
		["{a: {{aGk=}}}", '{a: {{"aGk="}}}'],
		["{a: 2026-01-01}", '{a: "2026-01-01"}'],
		["{a: 1, a: 2}", "{a: 3, a: 2}"],
		["flag::[1]", "other::[1]"],
	])("%s → %s", (original, modified) => {
		expect(summaryOf(ion(original), ion(modified)).text).toMatch(/^1 changed/);
	});

	test("but a change of spelling is not", () => {
		expect(summaryOf(ion("{a: 'x', b: 1}"), ion("{b: 1, a: x}")).text).toBe(
			"formatting and key order only",
		);
		expect(summaryOf(ion("1 2"), ion("[1, 2]")).text).toBe(
			"formatting and documents only",
		);
	});
});

describe("a change that only the bytes show is named", () => {
	const text = '{"name": "käse"}\n';

	test.each([
		[
			"a byte order mark",
			json(`\ufeff${text}`),
			json(text),
			"byte order mark only",
			"The byte order mark was removed.",
		],
		[
			"another encoding",
			{ bytes: utf16(text), contentType: "application/json" },
			json(text),
			"encoding only",
			"The encoding changed from UTF-16LE to UTF-8.",
		],
		[
			"another encoding and a mark",
			{ bytes: utf16(`\ufeff${text}`), contentType: "application/json" },
			json(text),
			"encoding and byte order mark only",
			"The byte order mark was removed.",
		],
		[
			"another charset",
			{
				bytes: latin1(text),
				contentType: "application/json; charset=iso-8859-1",
			},
			json(text),
			"content type and encoding only",
			"The content type changed from application/json; charset=iso-8859-1 to application/json.",
		],
		[
			"another content type",
			json(text),
			{ ...json(text), contentType: "text/json" },
			"content type only",
			"The content type changed from application/json to text/json.",
		],
		[
			"another format",
			json('{"a":1}'),
			yaml("a: 1"),
			"format, formatting and content type only",
			"The format changed from JSON to YAML.",
		],
	] as const)("%s", (_, original, modified, summary, sentence) => {
		expect(summaryOf(original, modified).text).toBe(summary);
		expect(wordsOf(original, modified)).toContain(`\n${sentence}\n`);
		const { unchanged, notes } = runToEnd(
			compareSources(readSent(original), readSent(modified)),
		);
		if (
			original.contentType !== "application/json" ||
			modified !== yaml("a: 1")
		)
			expect(`${unchanged}${notes.join("")}`).not.toContain("Nothing changed");
	});

	test("an invalid byte that became another invalid byte", () => {
		const broken = (
			byte: number,
			contentType: string,
			before = '{"a": "x',
		): Sent => ({
			bytes: Uint8Array.of(...utf8(before), byte, ...utf8('"}\n')),
			contentType,
		});
		expect(
			summaryOf(
				broken(0xff, "application/json"),
				broken(0xfe, "application/json"),
			).text,
		).toBe("1 changed; invalid bytes too");
		expect(
			summaryOf(
				broken(0xff, "text/plain", "x"),
				broken(0xfe, "text/plain", "x"),
			).text,
		).toBe("lines: 1 added, 1 removed; invalid bytes too");
		const inComment = (byte: number): Sent => ({
			bytes: Uint8Array.of(...utf8("a: 1 # "), byte),
			contentType: "application/yaml",
		});
		expect(summaryOf(inComment(0xff), inComment(0xfe)).text).toBe(
			"formatting, comments and invalid bytes only",
		);
	});

	test("invalid bytes of a multi-byte charset", () => {
		const sent = (...bytes: number[]): Sent => ({
			bytes: Uint8Array.of(...bytes),
			contentType: "text/plain; charset=shift_jis",
		});
		// Another letter, the same damage.
		expect(summaryOf(sent(0x61, 0xff), sent(0x62, 0xff)).text).toBe(
			"lines: 1 added, 1 removed",
		);
		expect(summaryOf(sent(0x61, 0xff), sent(0x61, 0xfe)).text).toBe(
			"bytes only",
		);
		expect(summaryOf(sent(0x61, 0xff), sent(0x61)).text).toBe(
			"lines: 1 added, 1 removed; invalid bytes too",
		);
	});

	test("is added to changed values", () => {
		expect(summaryOf(json('\ufeff{"a":1}'), json('{"a":2}')).text).toBe(
			"1 changed; byte order mark too",
		);
		expect(summaryOf(json('{"a":1}'), yaml("a: 2")).text).toBe(
			"1 changed; format and content type too",
		);
	});

	test("is named for plain text too", () => {
		const plain = (text: string): Sent => ({
			bytes: utf8(text),
			contentType: "text/plain",
		});
		expect(summaryOf(plain("a\r\nb\r\n"), plain("a\nb\n")).text).toBe(
			"line endings only",
		);
		expect(summaryOf(plain("\ufeffa"), plain("a")).text).toBe(
			"byte order mark only",
		);
		const { unchanged } = runToEnd(
			compareSources(readSent(plain("\ufeffa\n")), readSent(plain("a\n"))),
		);
		expect(unchanged).toBe("Nothing but the byte order mark changed.");
	});
});

type Model =
	| { readonly type: "str" | "num" | "word"; readonly text: string }
	| { readonly type: "tag"; readonly tag: string; readonly value: Model }
	| { readonly type: "list"; readonly items: readonly Model[] }
	| {
			readonly type: "map";
			readonly pairs: readonly (readonly [string, Model])[];
	  };

const scalarTexts = [
	"80",
	"0x50",
	".5",
	"true",
	"null",
	"x",
	"!Ref x",
	"a b",
	"é",
	"",
];
const tags = ["!Ref", "!!binary", "!<tag:example.com,2000:x>"];

const models: fc.Arbitrary<Model> = fc.letrec<{ model: Model }>((tie) => ({
	model: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		fc.record({
			type: fc.constant("str" as const),
			text: fc.constantFrom(...scalarTexts),
		}),
		fc.record({
			type: fc.constant("num" as const),
			text: fc.constantFrom("80", "0x50", ".5", "1e3"),
		}),
		fc.record({
			type: fc.constant("word" as const),
			text: fc.constantFrom("true", "false", "null"),
		}),
		fc.record({
			type: fc.constant("tag" as const),
			tag: fc.constantFrom(...tags),
			value: fc.record({
				type: fc.constant("str" as const),
				text: fc.constantFrom("x", "80", "a b"),
			}),
		}),
		fc.record({
			type: fc.constant("list" as const),
			items: fc.array(tie("model"), { maxLength: 3 }),
		}),
		fc.record({
			type: fc.constant("map" as const),
			pairs: fc.uniqueArray(
				fc.tuple(fc.constantFrom("a", "b", "c"), tie("model")),
				{ maxLength: 3, selector: ([key]) => key },
			),
		}),
	),
})).model;

/** With the order of keys taken out. */
function meaningOf(model: Model): unknown {
	switch (model.type) {
		case "list":
			return model.items.map(meaningOf);
		case "map":
			return [
				"map",
				...model.pairs
					.map(([key, value]) => [key, meaningOf(value)] as const)
					.sort(([a], [b]) => (a < b ? -1 : 1)),
			];
		case "tag":
			return ["tag", model.tag, meaningOf(model.value)];
		default:
			return `${model.type} ${model.text}`;
	}
}

interface Style {
	readonly quote: '"' | "'";
	readonly gap: string;
	readonly comment: string;
	readonly end: string;
	readonly mark: boolean;
	readonly wide: boolean;
}

const styles: fc.Arbitrary<Style> = fc.record({
	quote: fc.constantFrom('"' as const, "'" as const),
	gap: fc.constantFrom("", " ", "\n "),
	comment: fc.constantFrom("", " # one", " # two"),
	end: fc.constantFrom("", "\n", "\r\n"),
	mark: fc.boolean(),
	wide: fc.boolean(),
});

function writeYaml(model: Model, style: Style): string {
	const { quote, gap } = style;
	switch (model.type) {
		case "str":
			return `${quote}${model.text}${quote}`;
		case "num":
		case "word":
			return model.text;
		case "tag":
			return `${model.tag} ${writeYaml(model.value, style)}`;
		case "list":
			return `[${model.items.map((item) => gap + writeYaml(item, style)).join(",")}${gap}]`;
		case "map":
			return `{${model.pairs.map(([key, value]) => `${gap}${key}: ${writeYaml(value, style)}`).join(",")}${gap}}`;
	}
}

function sendYaml(model: Model, style: Style): Sent {
	const text = `--- ${writeYaml(model, style)}${style.comment}${style.end}`;
	const marked = style.mark ? `\ufeff${text}` : text;
	return {
		bytes: style.wide ? utf16(`\ufeff${text}`) : utf8(marked),
		contentType: "application/yaml",
	};
}

const sameBytes = (a: Sent, b: Sent) =>
	Buffer.compare(Buffer.from(a.bytes), Buffer.from(b.bytes)) === 0;

describe("for generated documents", () => {
	test("the summary is formatting only if all values kept their types, and no changes only if all bytes are the same", () => {
		const pair = fc.oneof(
			models.map((model) => [model, model] as const),
			fc.tuple(models, models),
		);
		fc.assert(
			fc.property(pair, styles, styles, ([left, right], one, other) => {
				const [original, modified] = [
					sendYaml(left, one),
					sendYaml(right, other),
				];
				const { text, size } = summaryOf(original, modified);
				if (sameBytes(original, modified)) expect(text).toBe("no changes");
				else expect(text).not.toBe("no changes");
				const isSame =
					JSON.stringify(meaningOf(left)) === JSON.stringify(meaningOf(right));
				if (!isSame) {
					expect(size).toBeGreaterThan(0);
					expect(text).toMatch(/\d (?:changed|added|removed|moved)/);
				} else if (size > 0) expect(text).toMatch(/encoding|byte order mark/);
			}),
			{ seed: 31, numRuns: 3000 },
		);
	});

	test("different bodies of any content type are never reported as unchanged", () => {
		const types = [
			"application/json",
			"application/x-yaml",
			"application/ion",
			"text/plain",
			"text/plain; charset=shift_jis",
			"text/plain; charset=utf-16le",
			"application/x-ndjson",
			"application/octet-stream",
		];
		const piece = fc.oneof(
			fc
				.constantFrom(
					'{"a": 1}',
					'{"a":1}',
					"a: 1",
					"\r\n",
					"\n",
					" ",
					"é",
					"{a: x}",
					"\ufeff",
					'"\\u00e9"',
					"\u0000",
				)
				.map(utf8),
			fc.uint8Array({ maxLength: 3 }),
		);
		const body = fc
			.array(piece, { maxLength: 4 })
			.map((pieces) => Uint8Array.from(pieces.flatMap((bytes) => [...bytes])));
		fc.assert(
			fc.property(
				body,
				body,
				fc.constantFrom(...types),
				(left, right, contentType) => {
					const [original, modified] = [
						{ bytes: left, contentType },
						{ bytes: right, contentType },
					];
					const { text } = summaryOf(original, modified);
					const { unchanged, diff } = runToEnd(
						compareSources(readSent(original), readSent(modified)),
					);
					const isSame = sameBytes(original, modified);
					expect(text === "no changes").toBe(isSame);
					expect(unchanged === "Nothing changed.").toBe(isSame);
					if (diff.changes.length === 0) expect(unchanged).not.toBe("");
				},
			),
			{ seed: 7, numRuns: 3000 },
		);
	});
});
