// Packs the versions before the one on show, as a hook: when the page is idle, in a worker.
import { useEffect } from "preact/hooks";
import type { Content } from "./content.ts";
import { registerWorker } from "./create-worker.ts";
import packUrl from "./pack-worker.ts?worker&url";

const startPacking = registerWorker(packUrl);

/** Another body may be a new version, and the one before it is old then. */
export function usePacking(content: Content): void {
	useEffect(() => {
		const idle = requestIdleCallback(() => startPacking());
		return () => cancelIdleCallback(idle);
	}, [content]);
}
