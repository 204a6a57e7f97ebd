import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { Button } from "../components/Button.tsx";
import { useEnvironmentColor } from "../components/EnvironmentLabel.tsx";
import { moveByArrows } from "../components/keyboard.ts";
import { Splitter } from "../components/Splitter.tsx";
import { profileStatus } from "../errors/profile-status.ts";
import { ProfileList } from "../profiles/ProfileList.tsx";
import type { ProfileChooserProps } from "./ProfileChooser.tsx";
import { usePanes } from "./panes.ts";

/** The profiles beside the configuration: their list, or where that is collapsed a mark for each. */
export function SidePane({
	profiles,
	selected,
	onSelect,
}: ProfileChooserProps) {
	const panes = usePanes();
	return (
		<>
			{panes?.profiles.isCollapsed ? (
				<ProfileRail
					profiles={profiles}
					selected={selected}
					onSelect={onSelect}
				/>
			) : (
				<ProfileList
					profiles={profiles}
					selected={selected}
					onSelect={onSelect}
				/>
			)}
			{panes && (
				<Splitter name="Resize profiles" pane={panes.profiles} side="left" />
			)}
		</>
	);
}

/** The collapsed list of profiles: a mark for each, with the colour of its environment and its status. */
function ProfileRail({ profiles, selected, onSelect }: ProfileChooserProps) {
	const environmentColor = useEnvironmentColor();
	const panes = usePanes();
	return (
		<nav class="rail" aria-label="Profiles, collapsed" data-pane>
			<Button
				name="Show profiles"
				icon="left-pane"
				bare
				onClick={() => panes?.profiles.toggle()}
			/>
			<ul onKeyDown={moveByArrows}>
				{profiles.map((entry) => {
					const { id, name, environment } = entry.profile;
					const { tone, text, isNew } = profileStatus(entry);
					const label = escapeInvisible(`${name}, ${environment}: ${text}`);
					return (
						<li key={id} data-environment={environmentColor(environment)}>
							<button
								type="button"
								data-stop
								aria-label={label}
								title={label}
								aria-current={entry === selected ? "true" : undefined}
								tabIndex={entry === selected ? 0 : -1}
								onClick={() => onSelect(id)}
							>
								<span class={`dot ${tone}`} data-new={isNew} />
							</button>
						</li>
					);
				})}
			</ul>
		</nav>
	);
}
