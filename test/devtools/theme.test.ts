import { expect, test } from "vitest";
import {
	followTheme,
	saveTheme,
	type ThemeSource,
} from "../../src/devtools/theme.ts";

function createDevTools() {
	const kept = new Map<string, string>();
	let tellPage: (name: string) => void = () => {};
	let tellPanel: (event: { readonly key: string | null }) => void = () => {};
	const memory = {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => {
			kept.set(key, value);
			tellPanel({ key });
		},
	};
	const source: ThemeSource = {
		themeName: "default",
		setThemeChangeHandler: (handler) => {
			tellPage = handler;
		},
	};
	const dataset: { theme?: string } = {};
	return {
		source,
		memory,
		dataset,
		change: (name: string) => tellPage(name),
		openPanel: (panels: ThemeSource | undefined = source) =>
			followTheme(panels, {
				localStorage: memory,
				document: { documentElement: { dataset } },
				addEventListener: (_type, listener) => {
					tellPanel = listener;
				},
			}),
	};
}

test("a panel follows the theme while it is open", () => {
	const { source, memory, dataset, change, openPanel } = createDevTools();
	saveTheme(source, memory);
	openPanel();
	expect(dataset.theme).toBe("light");
	change("dark");
	expect(dataset.theme).toBe("dark");
	change("default");
	expect(dataset.theme).toBe("light");
});

test("a panel that is first opened after a change has the new theme", () => {
	const { source, memory, dataset, change, openPanel } = createDevTools();
	saveTheme(source, memory);
	change("dark");
	openPanel();
	expect(dataset.theme).toBe("dark");
});

test("the theme that an earlier DevTools saved is replaced", () => {
	const { source, memory, dataset, openPanel } = createDevTools();
	saveTheme({ ...source, themeName: "dark" }, memory);
	saveTheme(source, memory);
	openPanel();
	expect(dataset.theme).toBe("light");
});

test("a panel outside DevTools keeps the system's colours", () => {
	const { memory, dataset, openPanel } = createDevTools();
	saveTheme(undefined, memory);
	openPanel({});
	expect(dataset.theme).toBeUndefined();
});
