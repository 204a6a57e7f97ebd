// The row under the form: save, discard, duplicate, delete.
import type { ProfileSnapshot } from "../core/snapshot.ts";
import { Button } from "../ui/Button.tsx";
import { Confirm } from "./Confirm.tsx";
import type { ProfileFormState } from "./profile-form.ts";
import { copyRoute, go } from "./route.ts";

export interface SubmitRowProps {
	readonly state: ProfileFormState;
	readonly entry: ProfileSnapshot | undefined;
	readonly onDelete: () => void;
}

export function SubmitRow({ state, entry, onDelete }: SubmitRowProps) {
	return (
		<div class="submit">
			<button type="submit" class="button primary">
				Save profile
			</button>
			{state.isDraft && (
				<>
					<Button name="Discard changes" onClick={state.reset} />
					<span class="hint">Not saved yet; kept as a draft.</span>
				</>
			)}
			<span class="space" />
			{entry && (
				<>
					<Button
						name="Duplicate"
						onClick={() => go(copyRoute(entry.profile.id))}
					/>
					<Confirm
						name="Delete profile"
						question={questionOf(entry)}
						onConfirm={onDelete}
					/>
				</>
			)}
		</div>
	);
}

function questionOf({ profile, versions }: ProfileSnapshot): string {
	const { length } = versions;
	const history = length === 1 ? "1 version" : `${length} versions`;
	return `Delete ${profile.name} with its keys and ${history}?`;
}
