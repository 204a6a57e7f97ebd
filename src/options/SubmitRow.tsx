// The row under the form: save, discard, duplicate, delete.
import { useState } from "preact/hooks";
import type { Connection } from "../core/connection/connection.ts";
import type { ProfileSnapshot } from "../core/protocol/snapshot.ts";
import { Button } from "../ui/components/Button.tsx";
import { lazy, useLoad } from "../ui/components/lazy.tsx";
import type { Announce } from "../ui/components/status.tsx";
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

const Share = lazy(() => import("./import-export/Share.tsx"), "Share");

export function SubmitRow(props: SubmitRowProps) {
	const { state, entry, onDelete, connections, say } = props;
	const [isSharing, setSharing] = useState(false);
	const load = useLoad();
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
					<Button
						name="Share"
						onClick={() => load(Share, () => setSharing(true))}
					/>
					{isSharing && (
						<Share
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
