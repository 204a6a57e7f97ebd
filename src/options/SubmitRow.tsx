// The row under the form: save, discard, duplicate, delete.
import type { ProfileSnapshot } from "../core/snapshot.ts";
import { Button } from "../ui/Button.tsx";
import { DeleteProfile } from "./DeleteProfile.tsx";
import { copyRoute, go } from "./route.ts";
import type { FormState } from "./use-form.ts";

export interface SubmitRowProps {
	readonly state: FormState;
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
					<DeleteProfile entry={entry} onDelete={onDelete} />
				</>
			)}
		</div>
	);
}
