// When the rest of the popup begins: with its first frame on the screen, which on a busy machine comes the later the more runs beside it.

/** A page that is drawn at all is drawn by then. */
const LONGEST_MS = 250;

export function afterFirstPaint(job: () => void): void {
	let isBegun = false;
	const begin = () => {
		if (!isBegun) job();
		isBegun = true;
	};
	new PerformanceObserver((list) => {
		if (list.getEntriesByName("first-contentful-paint").length > 0) begin();
	}).observe({ type: "paint", buffered: true });
	setTimeout(begin, document.visibilityState === "hidden" ? 0 : LONGEST_MS);
}
