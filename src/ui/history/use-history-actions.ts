import type { Version } from "../../core/history/history.ts";
import type { Profile } from "../../core/profile/profile.ts";
import { useBackgroundClient } from "../background-client/context.tsx";
import { useAnnounce } from "../components/status.tsx";
import { copyBody, copyText } from "../copy/clipboard.ts";
import { describeVersionChange } from "../diff/version-summaries.ts";
import { toMetadataText } from "../snippets/metadata.ts";
import { saveHistory, saveVersion } from "./export-history.ts";
import { importHistory } from "./import-history.ts";

/** What the user can do with the versions of a profile. Each action announces its result, also when it fails. */
export interface HistoryActions {
	pin(number: number, pinned: boolean): void;
	/** An empty note removes it. */
	saveNote(number: number, note: string): void;
	/** Resolves when the result is announced. */
	deleteVersions(numbers: readonly number[]): Promise<void>;
	copyConfiguration(number: number): void;
	copyDetails(version: Version): void;
	/** What changed in a version since the one before it. */
	copyChanges(before: Version, version: Version): void;
	saveAsFile(version: Version): void;
	exportAll(versions: readonly Version[]): void;
	/** Resolves when the result is announced. `onProgress`: from 0 to 1. */
	importFile(
		file: File,
		signal: AbortSignal,
		onProgress: (progress: number) => void,
	): Promise<void>;
}

export function useHistoryActions(profile: Profile): HistoryActions {
	const client = useBackgroundClient();
	const announce = useAnnounce();
	const { remote } = client;
	const { id } = profile;

	/** `work` resolves with a sentence; an empty one is not announced. */
	async function run(work: () => Promise<string>): Promise<void> {
		const result = await work().catch((error: Error) => error.message);
		if (result) announce(result);
	}

	return {
		pin: (number, pinned) =>
			void run(async () => {
				await remote.pinVersion({ id, number, pinned });
				return `Version ${number} is ${pinned ? "" : "no longer "}pinned.`;
			}),
		saveNote: (number, note) =>
			void run(async () => {
				await remote.annotateVersion({ id, number, note });
				return note
					? `The note on version ${number} is saved.`
					: `Version ${number} has no note.`;
			}),
		deleteVersions: (numbers) =>
			run(async () => {
				await remote.deleteVersions({ id, numbers });
				return numbers.length === 1
					? `Version ${numbers[0]} is deleted.`
					: `${numbers.length} versions are deleted.`;
			}),
		copyConfiguration: (number) =>
			void run(async () => {
				const bytes = await client.readBody(id, number);
				if (!bytes) return `Version ${number} is no longer stored.`;
				return copyBody({ number, bytes }, announce)
					? ""
					: `Version ${number} is not UTF-8 text, so it can't be copied exactly. Save it as a file instead.`;
			}),
		copyDetails: (version) =>
			void copyText(
				toMetadataText(profile, version),
				`the details of version ${version.number}`,
				announce,
			),
		copyChanges: (before, version) =>
			void run(async () => {
				const { application, environment, configurationProfile } = profile;
				const changes = await describeVersionChange(
					{ reader: client, id, before, version },
					configurationProfile,
				);
				const title = `${application} / ${environment} / ${configurationProfile}, version ${before.number} to ${version.number}`;
				await copyText(
					`${title}\n${changes}`,
					`the changes of version ${version.number}`,
					announce,
				);
				return "";
			}),
		saveAsFile: (version) =>
			void run(() => saveVersion(client, profile, version)),
		exportAll: (versions) =>
			void run(() => saveHistory(client, profile, versions)),
		importFile: (file, signal, onProgress) =>
			run(() => importHistory(file, { remote, id, signal, onProgress })),
	};
}
