import { useRef } from "preact/hooks";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { useSnapshot } from "../background-client/context.tsx";
import { lazy } from "../components/lazy.tsx";
import type { ChangeMarks } from "../diff/messages.ts";
import { findUnseen } from "./baseline.ts";

const SinceBar = lazy(() => import("./SinceBar.tsx"), "SinceBar");

/** What the tree of a version shows of the changes. */
export interface VersionMarks extends ChangeMarks {
	readonly number: number;
}

export interface SinceProps {
	readonly profile: ProfileSnapshot;
	readonly isOnScreen: boolean;
	/** The popup. */
	readonly compact: boolean;
	/** Compares two versions of the profile. */
	readonly onCompare: (older: number, newer: number) => void;
	/** Is called with what the tree of the newest version shows of the changes. */
	readonly onMarks: (marks: VersionMarks | undefined) => void;
}

/** The place of the bar, which is there before the bar, so that screen readers read it. */
export function Since(props: SinceProps) {
	const { profile, isOnScreen, compact, onCompare, onMarks } = props;
	const { id } = profile.profile;
	const firstSeen = useNewestAtStart(profile, isOnScreen);
	const unseen = findUnseen(profile);
	return (
		<div class="since-slot" role="status" aria-label="Since you last looked">
			{unseen && (
				<SinceBar
					key={id}
					id={id}
					unseen={unseen}
					isArrival={unseen.versions.every(({ number }) => number > firstSeen)}
					compact={compact}
					onShowChanges={() =>
						onCompare(unseen.base.number, unseen.newest.number)
					}
					onMarks={(marks) =>
						onMarks(marks && { ...marks, number: unseen.newest.number })
					}
				/>
			)}
		</div>
	);
}

/** The number of the newest version at the time when the user began to look at the profile. */
function useNewestAtStart(
	{ profile: { id }, versions }: ProfileSnapshot,
	isOnScreen: boolean,
): number {
	const isConnected = useSnapshot().connectionState === "connected";
	const number = versions[0]?.number ?? 0;
	const start = useRef({ id, number, hasBegun: false });
	const isLooking = isOnScreen && isConnected;
	// Until the background has replied, the newest version is the one that a view saw when it was closed.
	if (start.current.id !== id || !start.current.hasBegun || !isLooking)
		start.current = { id, number, hasBegun: isLooking };
	return start.current.number;
}
