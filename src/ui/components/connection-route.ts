// The fragment of the options page at which a connection is found.

import {
	CONNECTION_KINDS,
	type ConnectionKind,
} from "../../core/connection/connection.ts";

const PREFIX = "connection-";

export function connectionRoute(id: string): string {
	return PREFIX + id;
}

/** The form of a connection that is not saved yet. */
export function newConnectionRoute(kind: ConnectionKind): string {
	return `${PREFIX}new-${kind}`;
}

/** The kind in such a fragment. */
export function newKindOf(id: string): ConnectionKind | undefined {
	return CONNECTION_KINDS.find((kind) => id === `new-${kind}`);
}

/** The id in such a fragment; `new-<kind>` for one that is not saved yet. */
export function routedConnection(route: string): string | undefined {
	return route.startsWith(PREFIX) ? route.slice(PREFIX.length) : undefined;
}
