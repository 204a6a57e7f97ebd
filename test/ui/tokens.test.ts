// The design tokens: the only place with colours, and legible wherever they meet.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fromRoot } from "../../scripts/paths.ts";

const TOKENS = fromRoot("src/ui/components/tokens.css");
/** WCAG 2.2, success criterion 1.4.3, for text of any size. */
const LEAST = 4.5;
const SOURCE = ["text", "quiet", "key", "string", "number", "word"];
const ROWS = ["ground", "raised", "hover", "chosen", "flash"];

const PAIRS: readonly (readonly [texts: readonly string[], on: string])[] = [
	...ROWS.map((ground) => [SOURCE, ground] as const),
	[["text"], "found"],
	...["bad-ground", "good-ground", "warn-ground", "info-ground"].map(
		(ground) => [["text", "quiet"], ground] as const,
	),
	[["warn"], "warn-ground"],
	[["good"], "good-ground"],
	[["accent"], "info-ground"],
	[["accent", "bad"], "ground"],
	[["on-accent"], "accent"],
	[["on-toast"], "toast"],
];

test.each(["light", "dark"] as const)(
	"what is written can be read, %s",
	(theme) => {
		const colours = colourOf(theme);
		const faint = PAIRS.flatMap(([texts, ground]) =>
			texts
				.map((text) => ({
					text,
					ratio: contrast(colours(text), colours(ground)),
				}))
				.filter(({ ratio }) => !(ratio >= LEAST))
				.map(({ text, ratio }) => `${text} on ${ground}: ${ratio.toFixed(2)}`),
		);
		expect(faint).toEqual([]);
	},
);

test("no other style has a colour of its own", () => {
	const strays = readdirSync(fromRoot("src"), {
		recursive: true,
		withFileTypes: true,
	})
		.map(({ parentPath, name }) => join(parentPath, name))
		.filter((file) => file.endsWith(".css") && file !== TOKENS)
		.flatMap((file) =>
			readFileSync(file, "utf8")
				.split("\n")
				.filter((line) => /#[\da-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(/i.test(line))
				// What a mask shows has no colour.
				.filter((line) => !line.includes("mask:"))
				.map((line) => `${file}: ${line.trim()}`),
		);
	expect(strays).toEqual([]);
});

function colourOf(theme: "light" | "dark"): (name: string) => string {
	const style = readFileSync(TOKENS, "utf8");
	return (name) => {
		const [, light = "", dark = ""] =
			new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(
				style,
			) ?? [];
		return theme === "light" ? light : dark;
	};
}

function contrast(one: string, other: string): number {
	const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort(
		(a, b) => a - b,
	);
	return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
	const [red = Number.NaN, green = 0, blue = 0] = [1, 3, 5]
		.map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
		.map((part) =>
			part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
		);
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
