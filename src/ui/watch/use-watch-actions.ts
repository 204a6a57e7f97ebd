import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { isWatched } from "../../core/watch/watch.ts";
import { usePlatform, useRemote } from "../background-client/context.tsx";
import { formatTime } from "../components/Age.tsx";
import { useAnnounce } from "../components/status.tsx";
import { copyText } from "../copy/clipboard.ts";
import { toCodeBlock } from "../copy/markdown.ts";
import type { PathAction, PathTarget } from "../viewer/path-actions.ts";

/** What can be done with a value of a profile's version: watch it, copy it for a colleague. */
export function useWatchActions(
	entry: ProfileSnapshot,
	version: Version | undefined,
): readonly PathAction[] {
	const remote = useRemote();
	const announce = useAnnounce();
	const { requestNotifications } = usePlatform();
	const { profile, watchedPaths = [] } = entry;
	const isOn = (path: string) => watchedPaths.includes(path);
	const watch = async ({ jsonPath }: PathTarget) => {
		const watched = !isOn(jsonPath);
		// In the click itself: the browser asks only then. What is watched is sent before the answer, because a popup that
		// loses the focus to the question is closed.
		const granted = watched ? (requestNotifications?.() ?? true) : true;
		const result = await remote.setWatched({
			id: profile.id,
			path: jsonPath,
			watched,
		});
		if (!result.ok) {
			announce(result.error);
			return;
		}
		announce(
			watched
				? (await granted)
					? `Watching ${jsonPath}: you are notified when it changes.`
					: `Watching ${jsonPath}, but the browser does not allow notifications.`
				: `${jsonPath} is no longer watched.`,
		);
	};
	return [
		{
			name: "Watch",
			letter: "W",
			isPressed: (path) => isWatched(watchedPaths, path),
			run: (target) =>
				void watch(target).catch((error: Error) => announce(error.message)),
		},
		{
			name: "Copy as snippet",
			letter: "S",
			run: (target) =>
				void copyText(
					toSnippet(entry, version, target),
					"the value as a snippet",
					announce,
				),
		},
	];
}

/** Characters of a value; a longer one is truncated. */
const MAX_VALUE = 2_000;

/** Markdown that says where a value stands, and in which version. */
export function toSnippet(
	{ profile }: ProfileSnapshot,
	version: Version | undefined,
	{ jsonPath, value }: PathTarget,
): string {
	const { application, environment, configurationProfile } = profile;
	const place = [application, environment, configurationProfile]
		.map((part) => `\`${part.replaceAll("`", "'")}\``)
		.join(" / ");
	const label = version?.label ? ` (${version.label})` : "";
	const when = version
		? `, version ${version.number}${label}, received ${formatTime(version.receivedAt)}`
		: "";
	const text =
		value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value;
	return `${place}${when}\n\n${toCodeBlock(`${jsonPath} = ${text}`)}`;
}
