// The profile on show, and the way to another: a native combobox, which names the state of each.

import type { ProfileId } from "../../core/profile/profile.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { type ProfileStatus, profileStatus } from "../errors/profile-status.ts";

export interface ProfileChooserProps {
	readonly profiles: readonly ProfileSnapshot[];
	readonly selected: ProfileSnapshot | undefined;
	readonly onSelect: (id: ProfileId) => void;
}

export function ProfileChooser(props: ProfileChooserProps) {
	const { profiles, selected, onSelect } = props;
	const { tone, text } = selected ? profileStatus(selected) : NO_STATUS;
	return (
		<span class="chooser">
			<span class={`dot ${tone}`} aria-hidden="true" />
			<select
				aria-label="Profile"
				value={selected?.profile.id ?? ""}
				disabled={profiles.length === 0}
				onChange={({ currentTarget }) =>
					onSelect(currentTarget.value as ProfileId)
				}
			>
				{profiles.length === 0 && <option value="">No profiles yet</option>}
				{profiles.map((entry) => (
					<option key={entry.profile.id} value={entry.profile.id}>
						{escapeInvisible(entry.profile.name)}
						{entry === selected && text === "live"
							? ""
							: ` — ${profileStatus(entry).text}`}
					</option>
				))}
			</select>
		</span>
	);
}

const NO_STATUS: ProfileStatus = { tone: "idle", text: "" };
