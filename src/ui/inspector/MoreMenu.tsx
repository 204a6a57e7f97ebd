import { usePlatform } from "../background-client/context.tsx";
import { Menu } from "../components/Menu.tsx";
import { navigationActions } from "./actions.ts";

export interface MoreMenuProps {
	/** The id of the profile on show. */
	readonly profile: string | undefined;
	readonly at: DOMRect;
	readonly onClose: () => void;
}

/** Leads to what the options page has: the profile, all profiles, settings, vault, export. */
export function MoreMenu({ profile, at, onClose }: MoreMenuProps) {
	const platform = usePlatform();
	const groups = navigationActions(platform, profile).map((group) =>
		group.map(({ name, run }) => ({ name, onSelect: run })),
	);
	return <Menu name="More" at={at} groups={groups} onClose={onClose} />;
}
