// What a view asks of the browser besides the connection: pages to open and hosts to be allowed.

export interface Platform {
	/** The options page at a fragment: `new`, or a profile's id. */
	openOptions(fragment: string): void;
	/** Straight from a click. Absent where the browser offers no such question (Firefox's DevTools). */
	readonly requestHost?:
		| ((...patterns: string[]) => Promise<boolean>)
		| undefined;
}

/** The slice of the browser's API that a platform is made of. */
export interface PlatformApi {
	readonly runtime: { getURL(path: string): string };
	readonly permissions?:
		| { request(wanted: { origins: string[] }): Promise<boolean> }
		| undefined;
}

export function createPlatform(api: PlatformApi): Platform {
	const { runtime, permissions } = api;
	return {
		openOptions: (fragment) => {
			window.open(runtime.getURL(`src/options/index.html#${fragment}`));
		},
		requestHost:
			permissions && ((...origins) => permissions.request({ origins })),
	};
}
