import {
	CONNECTION_KINDS,
	type ConnectionKind,
} from "../../core/connection/connection.ts";
import type { Version } from "../../core/history/history.ts";
import type { Profile } from "../../core/profile/profile.ts";

export interface ViewLocation {
	readonly profile?: string | undefined;
	/** Absent: whatever is live. */
	readonly version?: number | undefined;
	/** The older version that the one on show is compared with. */
	readonly compare?: number | undefined;
	/** Of the viewer's: `tree`, `raw`. */
	readonly view?: string | undefined;
}

export interface SelectedVersion {
	readonly profile: Profile;
	/** Absent before the first. */
	readonly version: Version | undefined;
	readonly isLive: boolean;
}

export interface Route {
	/** Where it begins. */
	readonly initial: ViewLocation;
	/** Both are told after each change. */
	versionSelected(shown: SelectedVersion): void;
	viewSelected(view: string): void;
}

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
