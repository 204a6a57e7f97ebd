// The user's own words about a version, written in a dialog.
import { useEffect, useRef, useState } from "preact/hooks";
import { MAX_NOTE_LENGTH, type Version } from "../../core/history/history.ts";
import { Button } from "../components/Button.tsx";
import { Dialog } from "../components/Dialog.tsx";

export interface NoteDialogProps {
	readonly version: Version;
	/** An empty note takes it away. */
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
