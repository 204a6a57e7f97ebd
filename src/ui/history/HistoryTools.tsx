import { useEffect, useRef, useState } from "preact/hooks";
import { MAX_HISTORY_BYTES, MAX_VERSIONS } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { usePlatform } from "../background-client/context.tsx";
import { Button } from "../components/Button.tsx";
import { formatExactSize, formatSize } from "../components/format.ts";
import { Menu, type MenuItem } from "../components/Menu.tsx";
import { useAnnounce } from "../components/status.tsx";
import { useHistoryActions } from "./use-history-actions.ts";
import { DeleteDialog } from "./VersionDialogs.tsx";
import "./history-tools.css";

export interface HistoryToolsProps {
	readonly profile: ProfileSnapshot;
	/** The popup: it closes when the browser asks for a file. */
	readonly compact: boolean;
	/** Deselects the selected version, because all are being deleted. */
	readonly onDeselect: () => void;
}

interface Import {
	/** From 0 to 1. */
	readonly progress: number;
	readonly cancel: () => void;
}

/** The menu to export, import and delete a history. */
export function HistoryTools(props: HistoryToolsProps) {
	const { profile, compact, onDeselect } = props;
	const { profile: saved, versions } = profile;
	const { openTab } = usePlatform();
	const actions = useHistoryActions(saved);
	useFirstVersionAnnouncement(profile);
	const [anchor, setAnchor] = useState<DOMRect>();
	const [isDeleting, setDeleting] = useState(false);
	const [running, setRunning] = useState<Import>();
	const menuButton = useRef<HTMLButtonElement>(null);
	const fileInput = useRef<HTMLInputElement>(null);
	const importFile = async (file: File) => {
		const controller = new AbortController();
		const cancel = () => controller.abort();
		setRunning({ progress: 0, cancel });
		await actions.importFile(file, controller.signal, (progress) =>
			setRunning({ progress, cancel }),
		);
		setRunning(undefined);
	};
	const importItem: MenuItem =
		compact && openTab
			? {
					name: "Import in a tab…",
					onSelect: () => openTab(saved.id, undefined),
				}
			: {
					name: "Import from JSON Lines…",
					onSelect: () => fileInput.current?.click(),
				};
	const groups: readonly (readonly MenuItem[])[] =
		versions.length === 0
			? [[importItem]]
			: [
					[
						{
							name: "Export all as JSON Lines",
							onSelect: () => actions.exportAll(versions),
						},
						importItem,
					],
					[{ name: "Delete all…", onSelect: () => setDeleting(true) }],
				];
	return (
		<>
			{running && (
				<span class="import-progress">
					<progress aria-label="Import of versions" value={running.progress} />
					<Button name="Cancel import" onClick={running.cancel} />
				</span>
			)}
			<button
				type="button"
				class="tool"
				ref={menuButton}
				aria-label="More about the history"
				disabled={versions.length < profile.versionCount}
				title="Export, import, delete"
				aria-haspopup="menu"
				aria-expanded={anchor !== undefined}
				onClick={({ currentTarget }) =>
					setAnchor(currentTarget.getBoundingClientRect())
				}
			>
				⋯
			</button>
			<input
				type="file"
				ref={fileInput}
				hidden
				aria-label="History to import"
				accept=".jsonl,.ndjson,application/jsonl"
				onChange={({ currentTarget }) => {
					const [file] = currentTarget.files ?? [];
					if (file) void importFile(file);
					currentTarget.value = "";
				}}
			/>
			{anchor && (
				<Menu
					name="Version history"
					at={anchor}
					groups={groups}
					onClose={() => {
						setAnchor(undefined);
						menuButton.current?.focus();
					}}
				/>
			)}
			{isDeleting && (
				<DeleteDialog
					profile={profile}
					numbers={versions.map(({ number }) => number)}
					onDelete={(numbers) => {
						onDeselect();
						void actions.deleteVersions(numbers);
					}}
					onClose={() => setDeleting(false)}
				/>
			)}
		</>
	);
}

/** For screen readers, whose users do not see the first row. A bar says what changed in later versions. */
function useFirstVersionAnnouncement(profile: ProfileSnapshot): void {
	const announce = useAnnounce();
	const { versions, checkedAt } = profile;
	const { id, name } = profile.profile;
	const [newest] = versions;
	const number = newest?.number ?? 0;
	const last = useRef({ id, number, checkedAt });
	useEffect(() => {
		const before = last.current;
		last.current = { id, number, checkedAt };
		// Not after another profile was selected, and not for imported versions, which were received earlier.
		const hasArrived =
			before.id === id &&
			number > 0 &&
			before.number === 0 &&
			(newest?.receivedAt ?? 0) > (before.checkedAt ?? 0);
		if (hasArrived) announce(`Version ${number} of ${name} has arrived.`);
	}, [id, number, checkedAt]);
}

const MAX_SIZE = `${MAX_HISTORY_BYTES / 1_000_000} MB`;

export interface StorageUseProps {
	/** The number of versions. */
	readonly count: number;
	readonly bytes: number;
}

/** How much of the limits a history uses. */
export function StorageUse({ count, bytes }: StorageUseProps) {
	const share = Math.max(bytes / MAX_HISTORY_BYTES, count / MAX_VERSIONS);
	return (
		<p
			class="storage-use"
			title={`${formatExactSize(bytes)} in ${count} versions. Beyond ${MAX_VERSIONS} versions or ${MAX_SIZE}, the oldest versions that are not pinned are deleted.`}
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
