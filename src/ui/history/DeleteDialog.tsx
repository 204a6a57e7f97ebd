// The question before versions are deleted: which ones, and what follows.
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { Button } from "../components/Button.tsx";
import { Dialog } from "../components/Dialog.tsx";

export interface DeleteDialogProps {
	readonly profile: ProfileSnapshot;
	readonly numbers: readonly number[];
	readonly onDelete: (numbers: readonly number[]) => void;
	readonly onClose: () => void;
}

export function DeleteDialog(props: DeleteDialogProps) {
	const { profile, numbers, onDelete, onClose } = props;
	const chosen = profile.versions.filter(({ number }) =>
		numbers.includes(number),
	);
	const unpinned = chosen.filter(({ pinned }) => !pinned);
	const pinned = chosen.length - unpinned.length;
	const [newest] = profile.versions;
	const isServed =
		profile.deletedHash === undefined &&
		newest &&
		numbers.includes(newest.number);
	const choose = (wanted: readonly number[]) => {
		onClose();
		onDelete(wanted);
	};
	return (
		<Dialog title={`Delete ${namesOf(numbers)}?`} onClose={onClose}>
			<p>
				{chosen.length === 1 ? "Its bytes are" : "Their bytes are"} deleted from
				this browser and cannot be brought back from it.
				{pinned > 0 &&
					` ${pinned} of them ${pinned === 1 ? "is" : "are"} pinned.`}
				{isServed &&
					` Version ${newest.number} is what AppConfig serves: it stays away until something else is deployed, or until you fetch it again.`}
			</p>
			<div class="choices">
				<Button
					name={chosen.length === 1 ? "Delete" : `Delete all ${chosen.length}`}
					kind="danger"
					onClick={() => choose(numbers)}
				/>
				{pinned > 0 && unpinned.length > 0 && (
					<Button
						name={`Delete ${unpinned.length}, keep the pinned`}
						onClick={() => choose(unpinned.map(({ number }) => number))}
					/>
				)}
				<Button name="Keep" onClick={onClose} />
			</div>
		</Dialog>
	);
}

function namesOf(numbers: readonly number[]): string {
	return numbers.length === 1
		? `version ${numbers[0]}`
		: `${numbers.length} versions`;
}
