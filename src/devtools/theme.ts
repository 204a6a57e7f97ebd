import { saveItem } from "../ui/components/preferences.ts";

export interface ThemeSource {
	/** The theme when DevTools opened; it does not follow later changes. */
	readonly themeName?: string;
	/** Chromium. */
	setThemeChangeHandler?(handler: (name: string) => void): void;
	/** Firefox. */
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

/**
 * Saves the theme of DevTools, which can differ from the system's. Called by the devtools page, which runs from the start and so
 * sees every change; a panel is loaded only when it is opened.
 */
export function saveTheme(
	panels: ThemeSource | undefined,
	storage: ThemeStorage,
): void {
	if (!panels?.themeName) return;
	const save = (name: string) => saveItem(storage, KEY, name);
	save(panels.themeName);
	panels.setThemeChangeHandler?.(save);
	panels.onThemeChanged?.addListener(save);
}

/** Applies the saved theme to the panel, also when it changes. */
export function followTheme(
	panels: ThemeSource | undefined,
	page: PanelWindow,
): void {
	// Outside DevTools the panel has the system's colours.
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
