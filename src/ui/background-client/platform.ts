/** What a page does in the browser besides talking to the background. */
export interface Platform {
	/** Restarts the extension from the files that are on disk now. */
	reload(): void;
	/** Opens the options page at a fragment: `new`, or a profile's id. */
	openOptions(fragment: string): void;
	/** Opens a profile in a tab; absent where the view is in a tab already. `version`: `undefined` for the live one. */
	readonly openTab?:
		| ((profile: string, version: number | undefined) => void)
		| undefined;
	/** Must be called synchronously in a click. Absent where the browser cannot ask for permissions (Firefox's DevTools). */
	readonly requestHost?:
		| ((...patterns: string[]) => Promise<boolean>)
		| undefined;
	/** Asks for the permission to show notifications, likewise in a click. */
	readonly requestNotifications?: (() => Promise<boolean>) | undefined;
	/** Asks for the permission to detect idle time, likewise in a click. Only on the options page. */
	readonly requestIdle?: (() => Promise<boolean>) | undefined;
}

/** The part of the extension API used here. */
export interface PlatformApi {
	readonly runtime: { getURL(path: string): string; reload(): void };
	readonly permissions?:
		| {
				request(wanted: {
					origins?: string[];
					permissions?: ("idle" | "notifications")[];
				}): Promise<boolean>;
		  }
		| undefined;
}

export function createPlatform(api: PlatformApi): Platform {
	const { runtime, permissions } = api;
	// A page that is opened from DevTools with an opener has no extension API.
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
		requestNotifications:
			permissions &&
			(() => permissions.request({ permissions: ["notifications"] })),
	};
}

/** Downloads a file without the permission to manage downloads. A text is written as UTF-8. */
export function saveFile(
	name: string,
	contents: Uint8Array | string,
	type = "application/octet-stream",
): void {
	const part =
		typeof contents === "string" ? contents : new Uint8Array(contents);
	const url = URL.createObjectURL(new Blob([part], { type }));
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	// The click has started the download, which keeps its own reference.
	URL.revokeObjectURL(url);
}
