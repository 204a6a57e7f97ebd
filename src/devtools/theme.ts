// DevTools has a theme of its own, which need not be the system's: the panel follows it, also while it is open.

export interface ThemeSource {
	readonly themeName?: string;
	/** Chromium's way to tell of a change. */
	setThemeChangeHandler?(handler: (name: string) => void): void;
	/** Firefox's. */
	readonly onThemeChanged?: {
		addListener(listener: (name: string) => void): void;
	};
}

export function followTheme(panels: ThemeSource | undefined): void {
	// Opened outside DevTools the panel has the system's colours.
	if (!panels?.themeName) return;
	show(panels.themeName);
	panels.setThemeChangeHandler?.(show);
	panels.onThemeChanged?.addListener(show);
}

function show(name: string): void {
	document.documentElement.dataset.theme = name === "dark" ? "dark" : "light";
}
