import { useEffect, useState } from "preact/hooks";
import { fromBase64Url, toBase64Url } from "../../storage/byte-encoding.ts";

export const VAULT_ROUTE = "vault";
export const IMPORT_EXPORT_ROUTE = "import-export";
export const SETTINGS_ROUTE = "settings";
export const STORED_DATA_ROUTE = "stored-data";

export function useRoute(): string {
	const [route, setRoute] = useState(readRoute);
	useEffect(() => {
		const update = () => setRoute(readRoute());
		addEventListener("hashchange", update);
		return () => removeEventListener("hashchange", update);
	}, []);
	return route;
}

export function navigate(route: string): void {
	location.hash = route;
}

/** Returns a function that navigates, unless the user has left the current route meanwhile. */
export function createRedirect(): (route: string) => void {
	const from = readRoute();
	return (route) => {
		if (readRoute() === from) navigate(route);
	};
}

export function copyRoute(id: string): string {
	return `${COPY}${id}`;
}

/** The id of the profile that is copied. */
export function copiedId(route: string): string | undefined {
	return route.startsWith(COPY) ? route.slice(COPY.length) : undefined;
}

/** The route that imports an export, given as text or as a link. */
export function importRoute(text: string): string {
	const [, linked] = /#import=([\w-]+)/.exec(text) ?? [];
	return IMPORT + (linked ?? toBase64Url(new TextEncoder().encode(text)));
}

/** The export in such a route; `undefined` for other routes and for truncated ones. */
export function importTextOf(route: string): string | undefined {
	if (!route.startsWith(IMPORT)) return undefined;
	try {
		return new TextDecoder().decode(fromBase64Url(route.slice(IMPORT.length)));
	} catch {
		// Not a link that this page made.
		return undefined;
	}
}

/** A new profile that uses a saved connection. */
export function newProfileRoute(connection: string): string {
	return NEW_WITH_CONNECTION + connection;
}

export function connectionToUse(route: string): string | undefined {
	return route.startsWith(NEW_WITH_CONNECTION)
		? route.slice(NEW_WITH_CONNECTION.length)
		: undefined;
}

const COPY = "copy-";
const NEW_WITH_CONNECTION = "new-on-";
const IMPORT = "import=";

function readRoute(): string {
	return location.hash.slice(1);
}
