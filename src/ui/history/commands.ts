// What can be done to a history, each with a sentence about what came of it.
import type { Remote } from "../../core/protocol/commands.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import type { Platform } from "../background-client/platform.ts";
import type { Announce } from "../components/status.tsx";

/** What everything about a history is handed. */
export interface HistoryOptions {
	readonly profile: ProfileSnapshot;
	readonly remote: Remote;
	readonly reader: BodyReader;
	readonly platform: Platform;
	/** The popup: it closes when the browser asks for a file. */
	readonly compact: boolean;
	readonly say: Announce;
}

/** An empty sentence is not said. */
export async function announceResult(
	say: Announce,
	work: Promise<string>,
): Promise<void> {
	const words = await work.catch((error: Error) => error.message);
	if (words) say(words);
}

export async function deleteVersions(
	{ profile, remote }: HistoryOptions,
	numbers: readonly number[],
): Promise<string> {
	await remote.deleteVersions({ id: profile.profile.id, numbers });
	const [number] = numbers;
	return numbers.length === 1
		? `Version ${number} is deleted.`
		: `${numbers.length} versions are deleted.`;
}

export async function annotate(
	{ profile, remote }: HistoryOptions,
	number: number,
	note: string,
): Promise<string> {
	await remote.annotateVersion({ id: profile.profile.id, number, note });
	return note
		? `The note on version ${number} is saved.`
		: `Version ${number} has no note.`;
}

export async function pin(
	{ profile, remote }: HistoryOptions,
	number: number,
	pinned: boolean,
): Promise<string> {
	await remote.pinVersion({ id: profile.profile.id, number, pinned });
	return `Version ${number} is ${pinned ? "" : "no longer "}pinned.`;
}
