import { describe, expect, it } from "vitest";
import { passphraseProblem } from "../../../src/core/connection/passphrase.ts";

describe("a passphrase", () => {
	it.each([
		["short", /at least 12/],
		["elevenchars", /at least 12/],
		["aaaaaaaaaaaa", /different characters/],
		["abababababab", /different characters/],
		["111122223333", /different characters/],
		["abcdefghijkl", /neighbouring keys/],
		["lkjihgfedcba", /neighbouring keys/],
		["123456789012", /neighbouring keys/],
		["qwertyuiop12", /neighbouring keys/],
		["QWERTYUIOPASDF", /neighbouring keys/],
		["1qaz2wsx3edc", /neighbouring keys/],
		["password1234", /common words/],
		["Password2026!", /common words/],
		["p@ssw0rd!p@ssw0rd!", /common words|repeats/],
		["passphrase123", /common words/],
		["AppConfig Inspector", /common words/],
		["appconfig-vault-2026", /common words/],
		["appconfiginspector!", /common words/],
		["letmeinletmein", /common words|repeats/],
		["xk7#qxk7#qxk7#q", /repeats/],
		["correctcorrectcorrect", /repeats/],
		["xk7#xk7#xk7#xk7#", /different characters/],
		["Summer2026Summer2026", /common words|repeats/],
		["iloveyou1234", /common words/],
		["admin admin admin 1", /common words|repeats/],
		["            ", /different characters/],
		["aaaabbbbccccdddd", /different characters/],
		["aaaabbbbccccddddeeee", /repeats|common words/],
	])("%j is refused, with the reason", (text, why) => {
		expect(passphraseProblem(text)).toMatch(why);
	});

	it.each([
		"correct horse battery staple",
		"canary horse battery staple",
		"anvil-tulip-marble-oxygen",
		"kR7#vQ2!mZ9$",
		"the red fox eats blue plums",
		"Zwölf Boxkämpfer jagen Viktor",
		"春の海ひねもすのたりのたりかなあ",
		"another passphrase of mine",
		"xkcd936 beats tr0ub4dor",
	])("%j will do", (text) => {
		expect(passphraseProblem(text)).toBe("");
	});

	it("counts characters, not units of UTF-16", () => {
		expect(passphraseProblem("🐎🔋📎🌷🦊🍇")).toMatch(/at least 12/);
	});
});
