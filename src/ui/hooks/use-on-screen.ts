// Whether a user can see an element, as a hook: a hidden DevTools panel still calls its page visible.
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

export function useOnScreen(element: RefObject<Element | null>): boolean {
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
