import { useEffect } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import { useAnnounce } from "../components/status.tsx";
import { type BlameState, useBlame } from "./use-blame.ts";

export interface BlameReaderProps {
	readonly id: ProfileId;
	/** Newest first: the version on show, and all that are older. */
	readonly versions: readonly Version[];
	readonly onState: (state: BlameState) => void;
}

/** Reads the versions while it is rendered, and shows nothing itself. */
export function BlameReader({ id, versions, onState }: BlameReaderProps) {
	const announce = useAnnounce();
	const state = useBlame(id, versions);
	useEffect(() => onState(state), [state]);
	useEffect(() => {
		if (state.error) announce(`No blame of this version: ${state.error}`);
	}, [state.error]);
	return null;
}
