// The pages and window sizes that `npm run screenshots` takes.

export interface Surface {
	readonly name: string;
	readonly path: string;
	readonly size: { readonly width: number; readonly height: number };
	/** High contrast (forced colours). */
	readonly forcedColors?: boolean;
}

export const VIEWS: readonly Surface[] = [
	{
		name: "popup",
		path: "src/popup/index.html",
		size: { width: 520, height: 560 },
	},
	{
		name: "panel",
		path: "src/devtools/panel.html",
		size: { width: 1280, height: 560 },
	},
	{
		name: "panel-narrow",
		path: "src/devtools/panel.html",
		size: { width: 400, height: 700 },
	},
	{
		name: "page",
		path: "src/page/index.html",
		size: { width: 1440, height: 860 },
	},
];
export const OPTIONS: readonly Surface[] = [
	{
		name: "options",
		path: "src/options/index.html",
		size: { width: 1100, height: 1200 },
	},
	{
		name: "options-narrow",
		path: "src/options/index.html",
		size: { width: 400, height: 1200 },
	},
];

export const WELCOME: readonly Surface[] = [
	{
		name: "welcome",
		path: "src/welcome/index.html",
		size: { width: 1100, height: 860 },
	},
	{
		name: "welcome-narrow",
		path: "src/welcome/index.html",
		size: { width: 400, height: 860 },
	},
];

/** Where layouts break first: smallest and largest width, forced colours. */
export const EDGES: readonly Surface[] = [
	{
		name: "panel-320",
		path: "src/devtools/panel.html",
		size: { width: 320, height: 560 },
	},
	{
		name: "panel-4k",
		path: "src/devtools/panel.html",
		size: { width: 3840, height: 900 },
	},
	{
		name: "panel-forced",
		path: "src/devtools/panel.html",
		size: { width: 1280, height: 560 },
		forcedColors: true,
	},
];
