// YAML told from the texts that look like it, where no content type says.

import { describe, expect, test } from "vitest";
import { looksLikeYaml } from "../../../src/document/formats/yaml-detection.ts";

describe("a text that nobody declares", () => {
	test.each([
		"- name: a",
		"- name: a\n  port: 80\n- name: b\n",
		"a: 1\nb: 2\n",
		"a: 1\nb:\n  - c\n",
		"timeout: 30",
		"level: info\nformat: json\n",
		"title: Welcome to our shop today\nsubtitle: Enjoy your stay here\n",
		"---\nkey: value\n",
		"# settings\nserver:\n  host: example.com\n",
		"server:\n  host: example.com\n  port: 8080",
		"- eu-west-1\n- us-east-1\n",
		"- 1\n- 2",
		"script: |\n  echo hello\n  Note: this is text\nname: x",
		"list: [a,\n  b]\nmap: {c: d,\n  e: f}",
		"\"quoted key\": 1\n'other': 2\n",
		"%YAML 1.2\n---\na: b",
		"base: &base {a: 1}\nuse:\n  <<: *base\n",
		"image: nginx:1.27\nenv: prod",
		"a: b # Note: this\nc: d",
		"Title: My new application\nport: 8080\n",
		"Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n",
	])("is YAML: %j", (text) => {
		expect(looksLikeYaml(text)).toBe(true);
	});

	test.each([
		"Note: this is text",
		"Note: this is text\nand it goes on.\n",
		"Note: this is text.\nWarning: beware of the dog.\n",
		"TODO: fix this one thing\nFIXME: and that other thing",
		"Dear team: we moved.\nBest regards: the ops people",
		"--- a/flags.json\n+++ b/flags.json\n@@ -1,2 +1,2 @@\n-  a: 1\n+  a: 2\n b: 3\n",
		"diff --git a/x b/x\n--- a/x\n+++ b/x\n",
		"--- a/x\n+++ b/x\n",
		"---\ntitle: A post\n---\n# Heading\nSome text that follows.\n",
		"hello, world",
		"key=value\nother=1",
		"[section]\nkey = 1",
		"FROM node:22\nRUN npm ci\n",
		"def f():\n    return 1\n",
		"build: main.c\n\tcc main.c\n",
		"2026-11-30T10:00:00 INFO started\n2026-11-30T10:00:01 WARN slow: 3 s\n",
		"- buy some milk\n- call the plumber\n",
		"a.b = c\nd.e = f\n",
		".x { color: red }\n.y { color: blue }",
		"- one thing",
		"https://example.com/a\nhttps://example.com/b\n",
		"10:30\n11:45\n",
	])("is text: %j", (text) => {
		expect(looksLikeYaml(text)).toBe(false);
	});

	test("may be cut in the middle of a line", () => {
		const text = Array.from({ length: 500 }, (_, at) => `key${at}: ${at}`);
		expect(looksLikeYaml(text.join("\n").slice(0, 4096))).toBe(true);
	});
});
