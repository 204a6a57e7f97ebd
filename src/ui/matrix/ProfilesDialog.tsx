import type { ProfileId } from "../../core/profile/profile.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { Button } from "../components/Button.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { EnvironmentLabel } from "../components/EnvironmentLabel.tsx";
import { ForeignText } from "../components/ForeignText.tsx";

export interface ProfilesDialogProps {
	readonly profiles: readonly ProfileSnapshot[];
	readonly chosen: readonly ProfileId[];
	readonly onChoose: (ids: readonly ProfileId[]) => void;
	readonly onClose: () => void;
}

/** Chooses the profiles whose values stand side by side. */
export function ProfilesDialog(props: ProfilesDialogProps) {
	const { profiles, chosen, onChoose, onClose } = props;
	const toggle = (id: ProfileId, isChosen: boolean) =>
		onChoose(
			profiles
				.map(({ profile }) => profile.id)
				.filter((other) => (other === id ? isChosen : chosen.includes(other))),
		);
	return (
		<Dialog title="Profiles to compare" onClose={onClose}>
			<ul class="matrix-profiles">
				{profiles.map(({ profile, versions }) => (
					<li key={profile.id}>
						<label>
							<input
								type="checkbox"
								checked={chosen.includes(profile.id)}
								onChange={({ currentTarget }) =>
									toggle(profile.id, currentTarget.checked)
								}
							/>
							<EnvironmentLabel name={profile.environment} />
							<span class="cut">
								<ForeignText text={profile.name} />
							</span>
							<span class="quiet cut">
								<ForeignText text={profile.configurationProfile} />
								{versions.length === 0 && ", nothing received yet"}
							</span>
						</label>
					</li>
				))}
			</ul>
			<p class="choices">
				<Button
					name="Compare"
					kind="primary"
					disabled={chosen.length < 2}
					title={chosen.length < 2 ? "Choose at least two profiles" : "Compare"}
					onClick={onClose}
				/>
			</p>
		</Dialog>
	);
}
