// One configuration on show: the door to the viewer, which is loaded beside the first paint of a page.
//
// The caller gives it the rest of a flex column (it fills it) and owns the region's name.
// A new version is a new `body` of the same element; another profile is another `key`.
import type { VersionChange } from "../history/changes.ts";
import { useModule } from "../hooks/use-module.ts";
import type { Announce } from "../hooks/use-status.ts";

export interface ConfigurationViewProps {
	readonly body: Uint8Array;
	readonly contentType: string;
	/** Little room: the popup. */
	readonly compact: boolean;
	/** Under it the chosen view is remembered. */
	readonly preferencesKey: string;
	/** Instead of the remembered one. */
	readonly initialView?: string | undefined;
	/** Hears which view is on show. */
	readonly onView?: ((view: string) => void) | undefined;
	/** From the version before to the one on show, for what changed in it. */
	readonly step?: VersionChange | undefined;
	/** What changes while it is on show is news. */
	readonly isNewest?: boolean;
	/** Confirmations ("Copied the value: …"), for a status region. */
	readonly onSay?: Announce;
}

const loadViewer = () => import("./Viewer.tsx");
// Asked for before the first configuration is there, so that it is not waited for later.
void loadViewer();

export function ConfigurationView(props: ConfigurationViewProps) {
	const viewer = useModule(true, loadViewer);
	return viewer ? <viewer.Viewer {...props} /> : <div class="nothing" />;
}
