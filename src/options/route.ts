// Which form the options page shows, by the fragment of its address: `#new`, `#<id>`, `#copy-<id>`.
import { useEffect, useState } from "preact/hooks";

export const VAULT_ROUTE = "vault";
export const TAKE_ALONG_ROUTE = "take-along";

export function useRoute(): string {
	const [route, setRoute] = useState(readRoute);
	useEffect(() => {
		const update = () => setRoute(readRoute());
		addEventListener("hashchange", update);
		return () => removeEventListener("hashchange", update);
	}, []);
	return route;
}

export function go(route: string): void {
	location.hash = route;
}

export function copyRoute(id: string): string {
	return `${COPY}${id}`;
}

/** The id of the profile that is copied. */
export function copiedId(route: string): string | undefined {
	return route.startsWith(COPY) ? route.slice(COPY.length) : undefined;
}

const COPY = "copy-";

function readRoute(): string {
	return location.hash.slice(1);
}
