/** The length of a slice: a frame has 16 ms, and the page needs half of it. */
const SLICE_MS = 6;
/** The longest wait for an idle page. */
const PATIENCE_MS = 50;
/** The first paint may wait one frame for work that would otherwise show in the next frame. */
const FIRST_MS = 16;

/**
 * Calls `work` in slices until it returns true, then `onDone` in a slice of its own. The first slice waits for the next paint
 * and an idle page. Returns a function that stops.
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
	requestAnimationFrame(() =>
		requestIdleCallback(() => port2.postMessage(undefined), {
			timeout: PATIENCE_MS,
		}),
	);
	return stop;
}

/** Calls `work` until it returns true, for one frame at most. Returns whether the work is done. */
export function runWithinFrame(work: () => boolean): boolean {
	const end = performance.now() + FIRST_MS;
	while (performance.now() < end) if (work()) return true;
	return false;
}
