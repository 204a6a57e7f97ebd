// Says when a new version has arrived, as a hook: for those who do not see the list grow.
import { useEffect, useRef } from "preact/hooks";
import type { ProfileSnapshot } from "../core/snapshot.ts";

export function useArrivals(
	{ profile: { id, name }, versions }: ProfileSnapshot,
	say: (text: string) => void,
): void {
	const newest = versions[0]?.number ?? 0;
	const last = useRef({ id, newest });
	useEffect(() => {
		// Another profile's versions have not arrived, they were looked for.
		if (last.current.id === id && newest > last.current.newest)
			say(`Version ${newest} of ${name} has arrived.`);
		last.current = { id, newest };
	}, [id, newest, name, say]);
}
