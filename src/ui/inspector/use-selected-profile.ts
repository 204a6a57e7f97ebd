// Which profile a surface shows, remembered for the next time it opens.
import { useState } from "preact/hooks";
import type { ProfileId } from "../../core/profile/profile.ts";
import type {
	ProfileSnapshot,
	Snapshot,
} from "../../core/protocol/snapshot.ts";
import { saveItem } from "../components/save-item.ts";

export interface SelectedProfile {
	readonly profile: ProfileSnapshot | undefined;
	select(id: ProfileId): void;
}

/** `key`: where it is remembered in localStorage, which answers before the first paint. `start` is what an address names. */
export function useSelectedProfile(
	snapshot: Snapshot | undefined,
	key: string,
	start: string | undefined,
): SelectedProfile {
	const [id, setId] = useState(() => start ?? localStorage.getItem(key));
	const profiles = snapshot?.profiles ?? [];
	return {
		profile:
			profiles.find(({ profile }) => profile.id === id) ??
			// A deleted one is followed by its neighbours' first.
			profiles[0],
		select: (chosen) => {
			saveItem(localStorage, key, chosen);
			setId(chosen);
		},
	};
}
