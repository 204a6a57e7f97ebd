import { useEffect, useRef, useState } from "preact/hooks";
import { MAX_NOTE_LENGTH, type Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { Button } from "../components/Button.tsx";
import { Dialog } from "../components/Dialog.tsx";

export interface NoteDialogProps {
	readonly version: Version;
	/** An empty note removes it. */
	readonly onSave: (note: string) => void;
	readonly onClose: () => void;
}

export function NoteDialog({ version, onSave, onClose }: NoteDialogProps) {
	const [note, setNote] = useState(version.note ?? "");
	const field = useRef<HTMLTextAreaElement>(null);
	useEffect(() => field.current?.focus(), []);
	const save = () => {
		onClose();
		onSave(note.trim());
	};
	return (
		<Dialog title={`Note on version ${version.number}`} onClose={onClose}>
			<textarea
				ref={field}
				class="note-field"
				aria-label="Note"
				placeholder="Add a note"
				maxLength={MAX_NOTE_LENGTH}
				value={note}
				onInput={({ currentTarget }) => setNote(currentTarget.value)}
				onKeyDown={({ key, ctrlKey, metaKey }) => {
					if (key === "Enter" && (ctrlKey || metaKey)) save();
				}}
			/>
			<div class="choices">
				<Button name="Save note" kind="primary" onClick={save} />
				<Button name="Cancel" onClick={onClose} />
			</div>
		</Dialog>
	);
}

export interface DeleteDialogProps {
	readonly profile: ProfileSnapshot;
	readonly numbers: readonly number[];
	readonly onDelete: (numbers: readonly number[]) => void;
	readonly onClose: () => void;
}

/** Asks before versions are deleted, and says what follows from it. */
export function DeleteDialog(props: DeleteDialogProps) {
	const { profile, numbers, onDelete, onClose } = props;
	const versions = profile.versions.filter(({ number }) =>
		numbers.includes(number),
	);
	const unpinned = versions.filter(({ pinned }) => !pinned);
	const pinned = versions.length - unpinned.length;
	const [newest] = profile.versions;
	const isServed =
		profile.deletedHash === undefined &&
		newest &&
		numbers.includes(newest.number);
	const deleteAndClose = (selected: readonly number[]) => {
		onClose();
		onDelete(selected);
	};
	const isOne = numbers.length === 1;
	const name = isOne ? `version ${numbers[0]}` : `${numbers.length} versions`;
	return (
		<Dialog title={`Delete ${name}?`} onClose={onClose}>
			<p>
				{isOne
					? "The version is deleted from this browser. It can't be recovered."
					: "The versions are deleted from this browser. They can't be recovered."}
				{pinned > 0 &&
					(isOne
						? " It is pinned."
						: ` ${pinned} of them ${pinned === 1 ? "is" : "are"} pinned.`)}
				{isServed &&
					` AppConfig still serves version ${newest.number}: it stays deleted until you fetch it again or something else is deployed.`}
			</p>
			<div class="choices">
				<Button
					name={isOne ? "Delete" : `Delete all ${versions.length}`}
					kind="danger"
					onClick={() => deleteAndClose(numbers)}
				/>
				{pinned > 0 && unpinned.length > 0 && (
					<Button
						name={`Delete ${unpinned.length}, keep pinned`}
						onClick={() => deleteAndClose(unpinned.map(({ number }) => number))}
					/>
				)}
				<Button name="Cancel" onClick={onClose} />
			</div>
		</Dialog>
	);
}
