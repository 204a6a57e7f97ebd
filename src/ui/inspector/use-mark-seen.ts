// Whether the newest version was looked at, as a hook: it is when its bytes are on a screen.
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { useOnScreen } from "../hooks/use-on-screen.ts";
import type { Act } from "./use-actions.ts";

export interface MarkSeenOptions {
	readonly profile: ProfileSnapshot;
	/** Whether it is the newest that is shown. */
	readonly isLive: boolean;
	readonly act: Act;
}

export function useMarkSeen(
	element: RefObject<HTMLElement | null>,
	{ profile, isLive, act }: MarkSeenOptions,
): void {
	const isOnScreen = useOnScreen(element);
	const newest = profile.versions[0]?.number ?? 0;
	const isNewsSeen = isOnScreen && isLive && newest > profile.lastSeenNumber;
	useEffect(() => {
		if (isNewsSeen) act((actions) => actions.markSeen(profile, newest));
	}, [isNewsSeen, newest, profile.profile.id]);
}
