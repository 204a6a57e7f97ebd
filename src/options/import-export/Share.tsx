// One profile for a colleague: as a link that opens it in their extension, or as a text to paste into any field of the form.
import "../more.css";
import type { Connection } from "../../core/connection/connection.ts";
import type { Profile } from "../../core/profile/profile.ts";
import { Button } from "../../ui/components/Button.tsx";
import { Dialog } from "../../ui/components/Dialog.tsx";
import type { Announce } from "../../ui/components/status.tsx";
import { copyText } from "../../ui/copy/clipboard.ts";
import { importRoute } from "../route.ts";
import { toExport } from "./export.ts";

export interface ShareProps {
	readonly profile: Profile;
	readonly connections: readonly Connection[];
	readonly say: Announce;
	readonly onClose: () => void;
}

export function Share({ profile, connections, say, onClose }: ShareProps) {
	const text = toExport([profile], connections);
	const [page] = location.href.split("#");
	const copy = (copied: string, what: string) => {
		onClose();
		void copyText(copied, what, say);
	};
	return (
		<Dialog title={`Share ${profile.name}`} onClose={onClose}>
			<p class="hint">
				With its connection, and without keys, tokens or passwords: your
				colleague gives their own.
			</p>
			<div class="share">
				<Button
					name="Copy link"
					onClick={() =>
						copy(`${page}#${importRoute(compact(text))}`, "the link")
					}
				/>
				<p class="hint">
					For the address bar of a browser that has AppConfig Inspector.
				</p>
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
