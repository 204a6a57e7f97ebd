// What a history as a whole offers: how much it takes of its room, and a menu to export, import and delete it.
import { useRef, useState } from "preact/hooks";
import { MAX_HISTORY_BYTES, MAX_VERSIONS } from "../../core/history/history.ts";
import { Button } from "../components/Button.tsx";
import { Menu, type MenuItem } from "../components/Menu.tsx";
import { formatExactSize, formatSize } from "../components/size.ts";
import {
	announceResult,
	deleteVersions,
	type HistoryOptions,
} from "./commands.ts";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { saveHistory } from "./export-history.ts";
import { importHistory } from "./import-history.ts";
import { useNewVersionAnnouncement } from "./use-new-version-announcement.ts";
import type { VersionHistoryProps } from "./VersionHistory.tsx";

export interface HistoryToolsProps
	extends HistoryOptions,
		Pick<VersionHistoryProps, "onShow"> {}

export function HistoryTools(props: HistoryToolsProps) {
	const { profile, remote, say } = props;
	const { id } = profile.profile;
	useNewVersionAnnouncement(profile, say);
	const [at, setAt] = useState<DOMRect>();
	const [isDeleting, setDeleting] = useState(false);
	const opener = useRef<HTMLButtonElement>(null);
	const file = useRef<HTMLInputElement>(null);
	const [importing, setImporting] = useState<Importing>();
	const importFile = (chosen: File) => {
		const controller = new AbortController();
		const cancel = () => controller.abort();
		setImporting({ share: 0, cancel });
		const done = importHistory(chosen, {
			remote,
			id,
			signal: controller.signal,
			onProgress: (share) => setImporting({ share, cancel }),
		}).finally(() => setImporting(undefined));
		void announceResult(say, done);
	};
	return (
		<>
			{importing && (
				<span class="importing">
					<progress aria-label="Import of versions" value={importing.share} />
					<Button name="Cancel import" onClick={importing.cancel} />
				</span>
			)}
			<button
				type="button"
				class="tool"
				ref={opener}
				aria-label="More about the history"
				disabled={profile.versions.length < profile.versionCount}
				title="Export, import, delete"
				aria-haspopup="menu"
				aria-expanded={at !== undefined}
				onClick={({ currentTarget }) =>
					setAt(currentTarget.getBoundingClientRect())
				}
			>
				⋯
			</button>
			<input
				type="file"
				ref={file}
				hidden
				aria-label="History to import"
				accept=".jsonl,.ndjson,application/jsonl"
				onChange={({ currentTarget }) => {
					const [chosen] = currentTarget.files ?? [];
					if (chosen) importFile(chosen);
					currentTarget.value = "";
				}}
			/>
			{at && (
				<Menu
					name="Version history"
					at={at}
					groups={menuOf(props, {
						onImport: () => file.current?.click(),
						onDelete: () => setDeleting(true),
					})}
					onClose={() => {
						setAt(undefined);
						opener.current?.focus();
					}}
				/>
			)}
			{isDeleting && (
				<DeleteDialog
					profile={profile}
					numbers={profile.versions.map(({ number }) => number)}
					onDelete={(numbers) => {
						props.onShow(undefined);
						void announceResult(say, deleteVersions(props, numbers));
					}}
					onClose={() => setDeleting(false)}
				/>
			)}
		</>
	);
}

interface Importing {
	/** 0 to 1 of the file. */
	readonly share: number;
	readonly cancel: () => void;
}

interface Choices {
	readonly onImport: () => void;
	readonly onDelete: () => void;
}

function menuOf(
	{ profile, reader, platform, compact, say }: HistoryOptions,
	{ onImport, onDelete }: Choices,
): readonly (readonly MenuItem[])[] {
	const { profile: saved, versions } = profile;
	const { openTab } = platform;
	// A popup closes under the browser's question for a file.
	const imports =
		compact && openTab
			? {
					name: "Import, in a tab…",
					onSelect: () => openTab(saved.id, undefined),
				}
			: { name: "Import from JSON Lines…", onSelect: onImport };
	if (versions.length === 0) return [[imports]];
	return [
		[
			{
				name: "Export all as JSON Lines",
				onSelect: () =>
					void announceResult(say, saveHistory(reader, saved, versions)),
			},
			imports,
		],
		[{ name: "Delete all…", onSelect: onDelete }],
	];
}

const MAX_SIZE = `${MAX_HISTORY_BYTES / 1_000_000} MB`;

interface StorageUseProps {
	/** Of versions. */
	readonly count: number;
	readonly bytes: number;
}

/** How much of what is kept at most. */
export function StorageUse({ count, bytes }: StorageUseProps) {
	const share = Math.max(bytes / MAX_HISTORY_BYTES, count / MAX_VERSIONS);
	return (
		<p
			class="used"
			title={`${formatExactSize(bytes)} in ${count} versions. Beyond ${MAX_VERSIONS} versions or ${MAX_SIZE}, the oldest that are not pinned are deleted.`}
		>
			<span class="text">
				{formatSize(bytes)} of {MAX_SIZE}, {count} of {MAX_VERSIONS} versions
			</span>
			<span
				class="share"
				aria-hidden="true"
				style={{ "--share": `${Math.min(1, share) * 100}%` }}
			/>
		</p>
	);
}
