// What a row of the history offers beside showing its version: its pin, and a menu of everything else.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import { SvgIcon } from "../components/Icon.tsx";
import { Menu, type MenuItem } from "../components/Menu.tsx";
import { copyBody, copyText } from "../copy/clipboard.ts";
import { toMetadataText } from "../snippets/metadata.ts";
import {
	annotate,
	announceResult,
	deleteVersions,
	type HistoryOptions,
	pin,
} from "./commands.ts";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { saveVersion } from "./export-history.ts";
import { NoteDialog } from "./NoteDialog.tsx";
import type { VersionHistoryProps } from "./VersionHistory.tsx";

export interface RowToolsProps
	extends HistoryOptions,
		Pick<VersionHistoryProps, "compare" | "shown" | "onShow"> {
	readonly version: Version;
	/** The one before it. */
	readonly before: Version | undefined;
}

type RowDialog = "note" | "delete";

const PIN = "M6 2.5h4M6.5 2.5v4L4.5 9h7l-2-2.5v-4M8 9v4.5";

export function RowTools(props: RowToolsProps) {
	const { version, profile, say } = props;
	const { number, pinned } = version;
	const opener = useRef<HTMLButtonElement>(null);
	const [at, setAt] = useState<DOMRect>();
	const [asked, setAsked] = useState<RowDialog>();
	useContextMenu(opener, setAt);
	const focusRow = () => rowOf(opener.current)?.focus();
	return (
		<>
			<button
				type="button"
				class="tool pin"
				// The menu beside it, which keys stop at, has it too.
				tabIndex={-1}
				aria-pressed={pinned}
				aria-label={`Pin version ${number}`}
				title={
					pinned
						? "Pinned: kept when the history is full"
						: "Pin: keep it when the history is full"
				}
				onClick={() => void announceResult(say, pin(props, number, !pinned))}
			>
				<SvgIcon path={PIN} />
			</button>
			<button
				type="button"
				class="tool"
				ref={opener}
				aria-label={`More about version ${number}`}
				title="More"
				aria-haspopup="menu"
				aria-expanded={at !== undefined}
				onClick={({ currentTarget }) =>
					setAt(currentTarget.getBoundingClientRect())
				}
			>
				⋯
			</button>
			{at && (
				<Menu
					name={`Version ${number}`}
					at={at}
					groups={menuOf(props, setAsked)}
					onClose={() => {
						setAt(undefined);
						focusRow();
					}}
				/>
			)}
			{asked === "note" && (
				<NoteDialog
					version={version}
					onSave={(note) =>
						void announceResult(say, annotate(props, number, note))
					}
					onClose={() => setAsked(undefined)}
				/>
			)}
			{asked === "delete" && (
				<DeleteDialog
					profile={profile}
					numbers={[number]}
					onDelete={(numbers) => {
						const row = opener.current?.closest("li");
						const neighbour = neighbourOf(row);
						if (props.shown === number) props.onShow(undefined);
						void announceResult(say, deleteVersions(props, numbers)).then(
							() => {
								if (isAt(row)) neighbour?.focus();
							},
						);
					}}
					onClose={() => setAsked(undefined)}
				/>
			)}
		</>
	);
}

function menuOf(
	props: RowToolsProps,
	ask: (what: RowDialog) => void,
): readonly (readonly MenuItem[])[] {
	const { version, before, profile, reader, say } = props;
	const { compare, onShow } = props;
	const { number, note, pinned } = version;
	const { profile: saved } = profile;
	const showBeside = () => {
		onShow(number);
		if (!compare?.isOn) compare?.toggle();
	};
	const copyDetails = () =>
		copyText(
			toMetadataText(saved, version),
			`the details of version ${number}`,
			say,
		);
	return [
		before
			? [{ name: "Compare with the one before", onSelect: showBeside }]
			: [],
		[
			{
				name: "Copy configuration",
				onSelect: () => void announceResult(say, copyBytes(props)),
			},
			{ name: "Copy details", onSelect: () => void copyDetails() },
			{
				name: "Save as a file",
				onSelect: () =>
					void announceResult(say, saveVersion(reader, saved, version)),
			},
		],
		[
			{
				name: pinned ? "Unpin" : "Pin",
				onSelect: () => void announceResult(say, pin(props, number, !pinned)),
			},
			{
				name: note ? "Edit note…" : "Add note…",
				onSelect: () => ask("note"),
			},
			{ name: "Delete…", onSelect: () => ask("delete") },
		],
	].filter((group) => group.length > 0);
}

/** The words are said by what copies. */
async function copyBytes({
	version: { number },
	profile,
	reader,
	say,
}: RowToolsProps): Promise<string> {
	const bytes = await reader.readBody(profile.profile.id, number);
	if (!bytes) return `Version ${number} is no longer stored.`;
	const isText = copyBody({ number, bytes }, say);
	return isText
		? ""
		: `Version ${number} is no UTF-8 text, so the clipboard cannot hold it as it is: save it as a file.`;
}

/** The right button, and the keys that stand for it, on the whole row. */
function useContextMenu(
	opener: { readonly current: HTMLElement | null },
	open: (at: DOMRect) => void,
): void {
	useEffect(() => {
		const row = opener.current?.parentElement;
		const onContextMenu = (event: MouseEvent) => {
			event.preventDefault();
			// A key has no place: then it opens beside the row.
			const { clientX, clientY } = event;
			const box = opener.current?.getBoundingClientRect();
			open(clientX > 0 || !box ? new DOMRect(clientX, clientY, 0, 0) : box);
		};
		row?.addEventListener("contextmenu", onContextMenu);
		return () => row?.removeEventListener("contextmenu", onContextMenu);
	}, []);
}

function rowOf(element: Element | null | undefined): HTMLElement | undefined {
	return (
		element?.closest("li")?.querySelector<HTMLElement>("[data-stop]") ??
		undefined
	);
}

/** Whether the focus is still there, or nowhere since that is gone: else the user is at something else by now. */
function isAt(element: Element | null | undefined): boolean {
	const { activeElement, body } = document;
	return activeElement === body || element?.contains(activeElement) === true;
}

/** What has the focus when the row is gone: the next one, or the one before. */
function neighbourOf(
	row: Element | null | undefined,
): HTMLElement | null | undefined {
	const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
	return neighbour?.querySelector<HTMLElement>("[data-stop]");
}
