import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { SvgIcon } from "../components/Button.tsx";
import { Menu, type MenuItem } from "../components/Menu.tsx";
import {
	type HistoryActions,
	useHistoryActions,
} from "./use-history-actions.ts";
import { DeleteDialog, NoteDialog } from "./VersionDialogs.tsx";

export interface RowToolsProps {
	readonly profile: ProfileSnapshot;
	readonly version: Version;
	/** Whether the version is the selected one. */
	readonly isSelected: boolean;
	/** Deselects the version, because it is being deleted. */
	readonly onDeselect: () => void;
	readonly onShow: (number: number) => void;
	/** Compares two versions of the profile. */
	readonly onCompare: (older: number, newer: number) => void;
	/** Asks which version of any profile to compare the version with. */
	readonly onCompareWith: (number: number) => void;
}

type OpenDialog = "note" | "delete";

const DAY_MS = 86_400_000;

const PIN = "M6 2.5h4M6.5 2.5v4L4.5 9h7l-2-2.5v-4M8 9v4.5";

/** The pin and the menu of a version. */
export function RowTools(props: RowToolsProps) {
	const { profile, version, isSelected, onDeselect } = props;
	const { number, pinned } = version;
	const actions = useHistoryActions(profile.profile);
	const menuButton = useRef<HTMLButtonElement>(null);
	const [anchor, setAnchor] = useState<DOMRect>();
	const [dialog, setDialog] = useState<OpenDialog>();
	useContextMenu(menuButton, setAnchor);
	const closeDialog = () => setDialog(undefined);
	const deleteVersion = async (numbers: readonly number[]) => {
		const row = menuButton.current?.closest("li");
		const neighbor = row?.nextElementSibling ?? row?.previousElementSibling;
		if (isSelected) onDeselect();
		await actions.deleteVersions(numbers);
		if (hasFocusOrNothing(row)) rowButtonOf(neighbor)?.focus();
	};
	return (
		<>
			<button
				type="button"
				class="tool pin"
				// Not a tab stop, because the menu beside it has the same command.
				tabIndex={-1}
				aria-pressed={pinned}
				aria-label={`Pin version ${number}`}
				title={
					pinned
						? "Pinned: kept when the history is full"
						: "Pin: keep it when the history is full"
				}
				onClick={() => actions.pin(number, !pinned)}
			>
				<SvgIcon path={PIN} />
			</button>
			<button
				type="button"
				class="tool"
				ref={menuButton}
				aria-label={`More about version ${number}`}
				title="More"
				aria-haspopup="menu"
				aria-expanded={anchor !== undefined}
				onClick={({ currentTarget }) =>
					setAnchor(currentTarget.getBoundingClientRect())
				}
			>
				⋯
			</button>
			{anchor && (
				<Menu
					name={`Version ${number}`}
					at={anchor}
					groups={menuItems(props, actions, setDialog)}
					onClose={() => {
						setAnchor(undefined);
						rowButtonOf(menuButton.current?.closest("li"))?.focus();
					}}
				/>
			)}
			{dialog === "note" && (
				<NoteDialog
					version={version}
					onSave={(note) => actions.saveNote(number, note)}
					onClose={closeDialog}
				/>
			)}
			{dialog === "delete" && (
				<DeleteDialog
					profile={profile}
					numbers={[number]}
					onDelete={(numbers) => void deleteVersion(numbers)}
					onClose={closeDialog}
				/>
			)}
		</>
	);
}

function menuItems(
	{ profile, version, onShow, onCompare, onCompareWith }: RowToolsProps,
	actions: HistoryActions,
	openDialog: (dialog: OpenDialog) => void,
): readonly (readonly MenuItem[])[] {
	const { number, note, pinned } = version;
	const { versions } = profile;
	const seen = profile.baseline?.number ?? profile.lastSeenNumber;
	const dayAgo = Date.now() - DAY_MS;
	const before = versions.find((other) => other.number < number);
	const others: readonly (readonly [string, Version | undefined])[] = [
		["the version before", before],
		["live", versions[0]],
		[
			"last seen",
			seen > 0 ? versions.find((other) => other.number <= seen) : undefined,
		],
		["24 hours ago", versions.find((other) => other.receivedAt <= dayAgo)],
	];
	const numbers = others.map(([, other]) => other?.number);
	const comparisons = others.flatMap(([name, other], index) =>
		other && other.number !== number && numbers.indexOf(other.number) === index
			? [
					{
						name: `Compare with ${name} (v${other.number})`,
						onSelect: () =>
							onCompare(
								Math.min(number, other.number),
								Math.max(number, other.number),
							),
					},
				]
			: [],
	);
	return [
		[{ name: "Show this version", onSelect: () => onShow(number) }],
		[
			...comparisons,
			{ name: "Compare with…", onSelect: () => onCompareWith(number) },
		],
		[
			{
				name: "Copy configuration",
				onSelect: () => actions.copyConfiguration(number),
			},
			...(before
				? [
						{
							name: "Copy changes",
							onSelect: () => actions.copyChanges(before, version),
						},
					]
				: []),
			{ name: "Copy details", onSelect: () => actions.copyDetails(version) },
			{ name: "Save as file", onSelect: () => actions.saveAsFile(version) },
		],
		[
			{
				name: pinned ? "Unpin" : "Pin",
				onSelect: () => actions.pin(number, !pinned),
			},
			{
				name: note ? "Edit note…" : "Add note…",
				onSelect: () => openDialog("note"),
			},
			{ name: "Delete…", onSelect: () => openDialog("delete") },
		],
	].filter((group) => group.length > 0);
}

/** Opens the menu on a right click, and on the keys for it, anywhere in the row. */
function useContextMenu(
	menuButton: RefObject<HTMLElement | null>,
	open: (anchor: DOMRect) => void,
): void {
	useEffect(() => {
		const row = menuButton.current?.closest("li");
		const onContextMenu = (event: MouseEvent) => {
			event.preventDefault();
			// A key has no position: the menu then opens beside the button.
			const { clientX, clientY } = event;
			const box = menuButton.current?.getBoundingClientRect();
			open(clientX > 0 || !box ? new DOMRect(clientX, clientY, 0, 0) : box);
		};
		row?.addEventListener("contextmenu", onContextMenu);
		return () => row?.removeEventListener("contextmenu", onContextMenu);
	}, []);
}

function rowButtonOf(row: Element | null | undefined): HTMLElement | null {
	return row?.querySelector<HTMLElement>("[data-stop]") ?? null;
}

/** Whether the focus is in an element or was lost with it; otherwise the user has moved on. */
function hasFocusOrNothing(element: Element | null | undefined): boolean {
	const { activeElement, body } = document;
	return activeElement === body || element?.contains(activeElement) === true;
}
