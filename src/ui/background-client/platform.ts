// What a view asks of the browser besides the connection: pages to open and hosts to be allowed.

export interface Platform {
	/** Restarts the extension from the files that are on disk now. */
	reload(): void;
	/** The options page at a fragment: `new`, or a profile's id. */
	openOptions(fragment: string): void;
	/** A profile in a tab of its own; absent where it has one. `version`: absent for the live one. */
	readonly openTab?:
		| ((profile: string, version: number | undefined) => void)
		| undefined;
	/** Straight from a click. Absent where the browser offers no such question (Firefox's DevTools). */
	readonly requestHost?:
		| ((...patterns: string[]) => Promise<boolean>)
		| undefined;
	/** Likewise, on the options page: whether it may be known that nobody is at the computer. */
	readonly requestIdle?: (() => Promise<boolean>) | undefined;
}

/** The slice of the browser's API that a platform is made of. */
export interface PlatformApi {
	readonly runtime: { getURL(path: string): string; reload(): void };
	readonly permissions?:
		| {
				request(wanted: {
					origins?: string[];
					permissions?: "idle"[];
				}): Promise<boolean>;
		  }
		| undefined;
}

export function createPlatform(api: PlatformApi): Platform {
	const { runtime, permissions } = api;
	// With an opener the page would have no API of extensions.
	const open = (path: string) => {
		window.open(runtime.getURL(path), "_blank", "noopener");
	};
	return {
		reload: () => runtime.reload(),
		openOptions: (fragment) => open(`src/options/index.html#${fragment}`),
		openTab: (profile, version) =>
			open(
				`src/page/index.html#profile=${profile}${version ? `&version=${version}` : ""}`,
			),
		requestHost:
			permissions && ((...origins) => permissions.request({ origins })),
	};
}
