import { escapeInvisible } from "../core/shared/untrusted-text.ts";
import type {
	Route,
	SelectedVersion,
	ViewLocation,
} from "../ui/components/routes.ts";

/** The part of a window used here. */
export interface RouteWindow {
	readonly history: { replaceState(data: null, unused: "", url: string): void };
	readonly document: { title: string };
}

/**
 * Keeps profile, version and view in the fragment, so that a reload or a bookmark shows them again. `hash`: the fragment that was
 * navigated to; the page before it may have replaced the one in the address since.
 */
export function createRoute(window: RouteWindow, hash: string): Route {
	const initial = parseHash(hash);
	// A reload shows the configuration, where the comparison was closed.
	let place: ViewLocation = { ...initial, compare: undefined };
	const write = (change: ViewLocation) => {
		place = { ...place, ...change };
		// Replaced, not pushed: the back button leaves the page.
		window.history.replaceState(null, "", formatHash(place));
	};
	return {
		initial,
		versionSelected(shown) {
			const { profile, version, isLive } = shown;
			window.document.title = escapeInvisible(titleOf(shown));
			write({
				profile: profile.id,
				// A version that is not loaded yet stays in the address.
				version: isLive ? undefined : (version?.number ?? place.version),
			});
		},
		viewSelected: (view) => write({ view }),
	};
}

/** Reads `#profile=…&version=3&compare=2&view=tree`; invalid numbers are ignored. */
export function parseHash(hash: string): ViewLocation {
	const given = new URLSearchParams(hash.slice(1));
	const number = (name: string) => {
		const text = given.get(name) ?? "";
		return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
	};
	return {
		profile: given.get("profile") ?? undefined,
		version: number("version"),
		compare: number("compare"),
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
