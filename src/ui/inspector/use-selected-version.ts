// Which version of a profile is on show, as a hook: the live one, or the one that was picked; and its bytes.
import { useEffect, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { BodyReader } from "../../storage/version-store.ts";
import type { Route } from "../components/hash-route.ts";
import { type BodyState, useBody } from "../content/use-body.ts";

export interface SelectedVersion {
	readonly body: BodyState;
	/** Of the version on show; absent before the first. */
	readonly number: number | undefined;
	readonly version: Version | undefined;
	/** The newest one is followed. */
	readonly select: (number: number | undefined) => void;
	/** What was picked; absent when it is the live one. */
	readonly picked: number | undefined;
	/** The bytes on show are the newest version's. */
	readonly isLive: boolean;
}

export interface SelectedVersionOptions {
	readonly profile: ProfileSnapshot;
	readonly reader: BodyReader;
	readonly route?: Route | undefined;
}

export function useSelectedVersion({
	profile,
	reader,
	route,
}: SelectedVersionOptions) {
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
	// What is said about a version changes together with its bytes, never before them.
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
	const shown: SelectedVersion = {
		body,
		number,
		version,
		picked,
		isLive: body.state === "ready" && body.number === newest,
		select: (chosen) =>
			setChoice({ id, number: chosen === newest ? undefined : chosen }),
	};
	return shown;
}
