import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { ForeignText } from "../components/ForeignText.tsx";
import { moveByArrows } from "../components/keyboard.ts";
import { profileStatus } from "../errors/profile-status.ts";
import type { ProfileChooserProps } from "./ProfileChooser.tsx";

/** All profiles with their status, beside the configuration. */
export function ProfileList(props: ProfileChooserProps) {
	const { profiles, selected, onSelect } = props;
	return (
		<nav class="profiles" aria-label="Profiles" data-pane>
			<h2>Profiles</h2>
			<ul onKeyDown={moveByArrows}>
				{profiles.map((entry) => (
					<li key={entry.profile.id}>
						<button
							type="button"
							data-stop
							class="row"
							aria-current={entry === selected ? "true" : undefined}
							// Arrow keys move between profiles, so that Tab passes a hundred of them in one step.
							tabIndex={entry === selected ? 0 : -1}
							onClick={() => onSelect(entry.profile.id)}
						>
							<Row entry={entry} />
						</button>
					</li>
				))}
			</ul>
		</nav>
	);
}

function Row({ entry }: { entry: ProfileSnapshot }) {
	const { name, application, environment } = entry.profile;
	const { tone, text: words, isNew } = profileStatus(entry);
	return (
		<>
			<span class={`dot ${tone}`} aria-hidden="true" />
			<span class="name">
				<ForeignText text={name} />
			</span>
			<span class="status-text" data-new={isNew}>
				{words}
			</span>
			<span class="place">
				<ForeignText text={application} /> / <ForeignText text={environment} />
			</span>
		</>
	);
}
