// The row under the form: save, discard, duplicate, delete.
import { useState } from "preact/hooks";
import type { Connection } from "../core/connection/connection.ts";
import type { ProfileSnapshot } from "../core/protocol/snapshot.ts";
import { Button } from "../ui/components/Button.tsx";
import { useModule } from "../ui/hooks/use-module.ts";
import type { Announce } from "../ui/hooks/use-status.ts";
import { Confirm } from "./Confirm.tsx";
import type { ProfileFormState } from "./profile/profile-form.ts";
import { copyRoute, navigate } from "./route.ts";

export interface SubmitRowProps {
	readonly state: ProfileFormState;
	readonly entry: ProfileSnapshot | undefined;
	readonly connections: readonly Connection[];
	readonly say: Announce;
	readonly onDelete: () => void;
}

const loadShare = () => import("./import-export/Share.tsx");

export function SubmitRow(props: SubmitRowProps) {
	const { state, entry, onDelete, connections, say } = props;
	const [isSharing, setSharing] = useState(false);
	const share = useModule(isSharing, loadShare);
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
						onClick={() => navigate(copyRoute(entry.profile.id))}
					/>
					<Button name="Share" onClick={() => setSharing(true)} />
					{share && (
						<share.Share
							profile={entry.profile}
							{...{ connections, say }}
							onClose={() => setSharing(false)}
						/>
					)}
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

function questionOf({ profile, versionCount }: ProfileSnapshot): string {
	const history = versionCount === 1 ? "1 version" : `${versionCount} versions`;
	return `Delete ${profile.name} with its keys and ${history}?`;
}
