import { useEffect, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { useBackgroundClient } from "../background-client/context.tsx";
import type { Route } from "../components/routes.ts";
import { type BodyState, useBody } from "../content/use-body.ts";

export interface SelectedVersion {
	readonly body: BodyState;
	/** Of the version on show; absent before the first. */
	readonly number: number | undefined;
	readonly version: Version | undefined;
	/** `undefined`, or the newest number: the live version, whichever that is. */
	readonly select: (number: number | undefined) => void;
	/** The number that was picked; absent while the live version is followed. */
	readonly picked: number | undefined;
	/** The bytes on show are the newest version's. */
	readonly isLive: boolean;
}

/** The live version, or the one that the user picked, and its bytes. */
export function useSelectedVersion(
	profile: ProfileSnapshot,
	route: Route | undefined,
): SelectedVersion {
	const reader = useBackgroundClient();
	const { id } = profile.profile;
	const [choice, setChoice] = useState({
		id: route?.initial.profile,
		number: route?.initial.version,
	});
	const newest = profile.versions[0]?.number;
	const picked = choice.id === id ? choice.number : undefined;
	const wanted = picked ?? newest;
	const body = useBody(
		reader,
		id,
		profile.versions.find((known) => known.number === wanted),
	);
	// The number changes together with the bytes, never before them.
	const number =
		body.state === "ready" && wanted !== undefined ? body.number : wanted;
	const version = profile.versions.find((known) => known.number === number);
	const isPicked = picked !== undefined;
	useEffect(() => {
		route?.versionSelected({
			profile: profile.profile,
			version,
			isLive: !isPicked,
		});
	}, [route, profile.profile, version, isPicked]);
	return {
		body,
		number,
		version,
		picked,
		isLive: body.state === "ready" && body.number === newest,
		select: (chosen) =>
			setChoice({ id, number: chosen === newest ? undefined : chosen }),
	};
}
