import { describe, expect, it } from "vitest";
import {
	escapeInvisible,
	splitUntrustedText,
} from "../../../src/core/shared/untrusted-text.ts";

describe("untrusted text", () => {
	it.each([
		["invoice\u202Egpj.exe", "invoice\\u{202E}gpj.exe"],
		["a\u2066b\u2069c", "a\\u{2066}b\\u{2069}c"],
		["two\nlines\tand\r", "two\\u{0A}lines\\u{09}and\\u{0D}"],
		["nul\0bell\u0007esc\u001B[31m", "nul\\u{00}bell\\u{07}esc\\u{1B}[31m"],
		["c1\u0085\u009B", "c1\\u{85}\\u{9B}"],
		[
			"z\u200Be\u200Dr\u2060o\uFEFF",
			"z\\u{200B}e\\u{200D}r\\u{2060}o\\u{FEFF}",
		],
		["soft\u00ADhyphen", "soft\\u{AD}hyphen"],
		[
			"filler\u3164\u115F\uFFA0\u2800",
			"filler\\u{3164}\\u{115F}\\u{FFA0}\\u{2800}",
		],
		["tag\u{E0041}", "tag\\u{E0041}"],
		["selector\uFE0F\u{E0100}", "selector\\u{FE0F}\\u{E0100}"],
		["line\u2028paragraph\u2029", "line\\u{2028}paragraph\\u{2029}"],
		["half \uD83D", "half \\u{D83D}"],
		["\u061Calm", "\\u{61C}alm"],
	])("writes what cannot be seen in %j as an escape", (text, shown) => {
		expect(escapeInvisible(text)).toBe(shown);
		expect(
			splitUntrustedText(text)
				.map((piece) => piece.text)
				.join(""),
		).toBe(shown);
	});

	it.each([
		"plain",
		"",
		"käse ☀",
		"עברית",
		"👩‍👩‍👧‍👦",
		"❤️",
		"1️⃣",
		"🏳️‍🌈",
		"👩🏽‍💻",
		"日本語",
	])("leaves %j as it is", (text) => {
		expect(escapeInvisible(text)).toBe(text);
		expect(splitUntrustedText(text)).toEqual([{ text }]);
	});

	it("tells an escape from text that looks like one", () => {
		expect(splitUntrustedText("\\u{202E}\u202E")).toEqual([
			{ text: "\\u{202E}" },
			{ text: "\\u{202E}", isEscape: true },
		]);
	});
});
