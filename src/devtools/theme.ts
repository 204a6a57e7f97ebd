// DevTools has a theme of its own, which need not be the system's: the panel follows it, also while it is open.
import { saveItem } from "../ui/components/save-item.ts";

export interface ThemeSource {
	/** As it was when DevTools opened, in every page that opens later too. */
	readonly themeName?: string;
	/** Chromium's way to tell of a change. */
	setThemeChangeHandler?(handler: (name: string) => void): void;
	/** Firefox's. */
	readonly onThemeChanged?: {
		addListener(listener: (name: string) => void): void;
	};
}

type ThemeStorage = Pick<Storage, "getItem" | "setItem">;

interface PanelWindow {
	readonly localStorage: ThemeStorage;
	readonly document: {
		readonly documentElement: { readonly dataset: { theme?: string } };
	};
	addEventListener(
		type: "storage",
		listener: (event: { readonly key: string | null }) => void,
	): void;
}

const KEY = "devtools-theme";

/** For the devtools page: it is there from the start and hears of every change; a panel is first loaded when it is looked at. */
export function saveTheme(
	panels: ThemeSource | undefined,
	memory: ThemeStorage,
): void {
	if (!panels?.themeName) return;
	const keep = (name: string) => saveItem(memory, KEY, name);
	keep(panels.themeName);
	panels.setThemeChangeHandler?.(keep);
	panels.onThemeChanged?.addListener(keep);
}

/** For the panel: shows what the devtools page keeps. */
export function followTheme(
	panels: ThemeSource | undefined,
	page: PanelWindow,
): void {
	// Opened outside DevTools the panel has the system's colours.
	if (!panels?.themeName) return;
	const { dataset } = page.document.documentElement;
	const show = () => {
		const name = page.localStorage.getItem(KEY);
		dataset.theme = name === "dark" ? "dark" : "light";
	};
	show();
	page.addEventListener("storage", ({ key }) => {
		if (key === KEY) show();
	});
}
