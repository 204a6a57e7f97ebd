// Packs the versions before the one on show, as a hook: when the page is idle, in a worker.
import { useEffect } from "preact/hooks";
import { createWorker } from "./create-worker.ts";

/** Another body may be a new version, and the one before it is old then. */
export function usePacking(body: Uint8Array): void {
	useEffect(() => {
		const idle = requestIdleCallback(() => createWorker("pack"));
		return () => cancelIdleCallback(idle);
	}, [body]);
}
