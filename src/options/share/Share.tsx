import type { Connection } from "../../core/connection/connection.ts";
import type { Profile } from "../../core/profile/profile.ts";
import { Button } from "../../ui/components/Button.tsx";
import { Dialog } from "../../ui/components/Dialog.tsx";
import { useAnnounce } from "../../ui/components/status.tsx";
import { copyText } from "../../ui/copy/clipboard.ts";
import { importRoute } from "../form/route.ts";
import { toExport } from "./export.ts";

import "../more.css";

interface ShareProps {
	readonly profile: Profile;
	readonly connections: readonly Connection[];
	readonly onClose: () => void;
}

export function Share({ profile, connections, onClose }: ShareProps) {
	const announce = useAnnounce();
	const text = toExport([profile], connections);
	const [page] = location.href.split("#");
	const copy = (copied: string, what: string) => {
		onClose();
		void copyText(copied, what, announce);
	};
	return (
		<Dialog title={`Share ${profile.name}`} onClose={onClose}>
			<p class="hint">
				Includes its connection, but no keys, tokens or passwords: your
				colleague enters their own.
			</p>
			<div class="share">
				<Button
					name="Copy link"
					onClick={() =>
						copy(`${page}#${importRoute(compact(text))}`, "the link")
					}
				/>
				<p class="hint">Opens in a browser that has AppConfig Inspector.</p>
				<Button name="Copy text" onClick={() => copy(text, "the text")} />
				<p class="hint">
					To paste into a field of a new profile, or under Export and import.
				</p>
			</div>
		</Dialog>
	);
}

function compact(json: string): string {
	return JSON.stringify(JSON.parse(json));
}
