import { useState } from "preact/hooks";
import type { ProfileId } from "../../core/profile/profile.ts";
import type {
	ProfileSnapshot,
	Snapshot,
} from "../../core/protocol/snapshot.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { EnvironmentLabel } from "../components/EnvironmentLabel.tsx";
import { saveItem } from "../components/preferences.ts";
import { type ProfileStatus, profileStatus } from "../errors/profile-status.ts";
import { groupProfiles } from "../profiles/arrange.ts";

export interface ProfileChooserProps {
	readonly profiles: readonly ProfileSnapshot[];
	readonly selected: ProfileSnapshot | undefined;
	readonly onSelect: (id: ProfileId) => void;
}

export function ProfileChooser(props: ProfileChooserProps) {
	const { profiles, selected, onSelect } = props;
	const { tone, text } = selected ? profileStatus(selected) : NO_STATUS;
	const groups = groupProfiles(profiles);
	const toOption = (entry: ProfileSnapshot) => (
		<option key={entry.profile.id} value={entry.profile.id}>
			{escapeInvisible(entry.profile.name)}
			{entry === selected && text === "live"
				? ""
				: ` — ${profileStatus(entry).text}`}
		</option>
	);
	return (
		<span class="chooser">
			<span class={`dot ${tone}`} aria-hidden="true" />
			{selected && <EnvironmentLabel name={selected.profile.environment} />}
			<select
				aria-label="Profile"
				value={selected?.profile.id ?? ""}
				disabled={profiles.length === 0}
				onChange={({ currentTarget }) =>
					onSelect(currentTarget.value as ProfileId)
				}
			>
				{profiles.length === 0 && <option value="">No profiles yet</option>}
				{groups.length > 1
					? groups.map(({ application, environment, entries }) => (
							<optgroup
								key={`${application}\n${environment}`}
								label={escapeInvisible(`${application} / ${environment}`)}
							>
								{entries.map(toOption)}
							</optgroup>
						))
					: profiles.map(toOption)}
			</select>
		</span>
	);
}

const NO_STATUS: ProfileStatus = { tone: "idle", text: "" };

export interface SelectedProfile {
	readonly profile: ProfileSnapshot | undefined;
	select(id: ProfileId): void;
}

/**
 * The profile that a surface shows, saved for the next time under `key` in localStorage, which can be read before the first paint.
 * `initial`: the profile that the address names.
 */
export function useSelectedProfile(
	snapshot: Snapshot | undefined,
	key: string,
	initial: string | undefined,
): SelectedProfile {
	const [id, setId] = useState(() => initial ?? localStorage.getItem(key));
	const profiles = snapshot?.profiles ?? [];
	return {
		profile:
			profiles.find(({ profile }) => profile.id === id) ??
			// A deleted profile is followed by the first one.
			profiles[0],
		select: (chosen) => {
			saveItem(localStorage, key, chosen);
			setId(chosen);
		},
	};
}
