// The page's address: profile, version and view in its fragment, so that a reload or a bookmark shows them again.
import { escapeInvisible } from "../core/shared/untrusted-text.ts";
import type {
	Route,
	SelectedVersion,
	ViewLocation,
} from "../ui/components/hash-route.ts";

/** The part of a window used here. */
export interface RouteWindow {
	readonly history: { replaceState(data: null, unused: "", url: string): void };
	readonly document: { title: string };
}

/** `hash`: what is asked for; what the page showed before may have written its own place over it since. */
export function createRoute(window: RouteWindow, hash: string): Route {
	const initial = parseHash(hash);
	let place = initial;
	const write = (change: ViewLocation) => {
		place = { ...place, ...change };
		// Nothing to go back to: the way back leads out of the page.
		window.history.replaceState(null, "", formatHash(place));
	};
	return {
		initial,
		versionSelected(shown) {
			const { profile, version, isLive } = shown;
			window.document.title = escapeInvisible(titleOf(shown));
			write({
				profile: profile.id,
				// Not known yet is not gone: it keeps its place in the address.
				version: isLive ? undefined : (version?.number ?? place.version),
			});
		},
		viewSelected: (view) => write({ view }),
	};
}

/** `#profile=…&version=3&view=tree`; what is no version is none. */
export function parseHash(hash: string): ViewLocation {
	const given = new URLSearchParams(hash.slice(1));
	const version = given.get("version") ?? "";
	return {
		profile: given.get("profile") ?? undefined,
		version: /^[1-9]\d{0,8}$/.test(version) ? Number(version) : undefined,
		view: given.get("view") ?? undefined,
	};
}

export function formatHash(place: ViewLocation): string {
	const given = Object.entries(place).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, String(value)]],
	);
	return `#${new URLSearchParams(given)}`;
}

/** `settings · Version 3 · spring-sale — AppConfig Inspector` */
function titleOf({ profile, version, isLive }: SelectedVersion): string {
	const parts = [
		profile.name,
		isLive ? undefined : version && `Version ${version.number}`,
		version?.label,
	];
	const shown = parts.filter((part) => part !== undefined).join(" · ");
	return `${shown} — AppConfig Inspector`;
}
