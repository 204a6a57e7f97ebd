import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { useRemote } from "../background-client/context.tsx";

/**
 * Records that the user sees the newest version: when its bytes are on the screen, and again when the user looks away, so that
 * the time of the last look is its end. Returns whether the element is on the screen.
 */
export function useMarkSeen(
	element: RefObject<HTMLElement | null>,
	profile: ProfileSnapshot,
	isLive: boolean,
): boolean {
	const remote = useRemote();
	const isOnScreen = useOnScreen(element);
	const { id } = profile.profile;
	const newest = profile.versions[0]?.number ?? 0;
	const isSeen = isOnScreen && isLive && newest > 0;
	useEffect(() => {
		if (!isSeen) return;
		// If this fails, the version is announced as new once more the next time: not worth an error.
		const markSeen = () =>
			void remote.markSeen({ id, number: newest }).catch(() => undefined);
		const onHide = () => {
			// A page that is closed renders no more, so that no effect would end.
			if (document.visibilityState === "hidden") markSeen();
		};
		markSeen();
		document.addEventListener("visibilitychange", onHide);
		return () => {
			document.removeEventListener("visibilitychange", onHide);
			markSeen();
		};
	}, [isSeen, newest, id]);
	return isOnScreen;
}

/** A hidden DevTools panel has a visible document, so the element itself is observed as well. */
function useOnScreen(element: RefObject<Element | null>): boolean {
	const [isOnScreen, setOnScreen] = useState(false);
	useEffect(() => {
		if (!element.current) return;
		let isIntersecting = false;
		const update = () =>
			setOnScreen(isIntersecting && document.visibilityState === "visible");
		const observer = new IntersectionObserver((entries) => {
			isIntersecting = entries.at(-1)?.isIntersecting ?? false;
			update();
		});
		observer.observe(element.current);
		document.addEventListener("visibilitychange", update);
		return () => {
			observer.disconnect();
			document.removeEventListener("visibilitychange", update);
		};
	}, [element]);
	return isOnScreen;
}
