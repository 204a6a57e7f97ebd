// The fragment of the options page at which a connection is found.

const PREFIX = "connection-";

export function connectionRoute(id: string): string {
	return PREFIX + id;
}

/** The id in such a fragment; `new` for one that is not saved yet. */
export function routedConnection(route: string): string | undefined {
	return route.startsWith(PREFIX) ? route.slice(PREFIX.length) : undefined;
}
