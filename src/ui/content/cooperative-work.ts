// Long work in slices that leave the page free in between.

/** A slice ends after this; a frame has 16 ms, and half of it belongs to the page. */
const SLICE_MS = 6;
/** A busy page is waited for so long. */
const PATIENCE_MS = 50;
/** The first paint may wait so long for something that would come just after it: with the next frame. */
const FIRST_MS = 16;

/**
 * Calls `work` until it says that it is done; a page that is waited for comes first. What follows from it, often much to
 * draw, is a slice of its own. Returns the stop.
 */
export function runInSlices(
	work: () => boolean,
	onDone: () => void,
): () => void {
	const { port1, port2 } = new MessageChannel();
	let isStopped = false;
	let isDone = false;
	port1.onmessage = () => {
		if (isStopped) return;
		if (isDone) {
			stop();
			onDone();
			return;
		}
		const end = performance.now() + SLICE_MS;
		while (!isDone && performance.now() < end) isDone = work();
		port2.postMessage(undefined);
	};
	const stop = () => {
		isStopped = true;
		port1.close();
	};
	// The first slice waits until what is there already has been painted, and the page has nothing else to do.
	requestAnimationFrame(() =>
		requestIdleCallback(() => port2.postMessage(undefined), {
			timeout: PATIENCE_MS,
		}),
	);
	return stop;
}

/** As long as the first paint may wait for it: true when it is done. */
export function runWithinFrame(work: () => boolean): boolean {
	const end = performance.now() + FIRST_MS;
	while (performance.now() < end) if (work()) return true;
	return false;
}
