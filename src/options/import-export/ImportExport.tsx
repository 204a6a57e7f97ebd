import type { Snapshot } from "../../core/protocol/snapshot.ts";
import { saveFile } from "../../ui/background-client/platform.ts";
import { Button } from "../../ui/components/Button.tsx";
import { useAnnounce } from "../../ui/components/status.tsx";
import { copyText } from "../../ui/copy/clipboard.ts";
import { toExport } from "../share/export.ts";
import { toDiagnostics } from "./diagnostics.ts";
import { ImportForm } from "./ImportForm.tsx";

import "../more.css";

interface ImportExportProps {
	readonly snapshot: Snapshot;
	/** The export in the link that was followed; empty without one. */
	readonly text: string;
	/** The extension's own. */
	readonly version: string;
}

export function ImportExport(props: ImportExportProps) {
	const { snapshot, version, text } = props;
	const { profiles, connections } = snapshot;
	const announce = useAnnounce();
	const exported = () =>
		toExport(
			profiles.map(({ profile }) => profile),
			connections.map(({ connection }) => connection),
		);
	return (
		<>
			<h1>{text ? "Import a shared profile" : "Export and import"}</h1>
			{!text && (
				<section>
					<h2>Export</h2>
					<p class="hint">
						All profiles and connections as JSON, for another browser or a
						colleague, without keys, tokens or passwords. To share a single
						profile, use the Share button on its page.
					</p>
					<div class="choices">
						<Button
							name="Export to a file"
							onClick={() =>
								saveFile(
									"appconfig-inspector.json",
									exported(),
									"application/json",
								)
							}
						/>
						<Button
							name="Copy export"
							onClick={() => void copyText(exported(), "the export", announce)}
						/>
					</div>
				</section>
			)}
			<section>
				{!text && <h2>Import</h2>}
				<ImportForm existing={snapshot} text={text} />
			</section>
			{!text && (
				<section>
					<h2>Diagnostics</h2>
					<p class="hint">
						For bug reports: states, counts and times. No names, identifiers,
						hosts or contents.
					</p>
					<Button
						name="Copy diagnostics"
						onClick={() => {
							const { userAgent } = navigator;
							const diagnostics = toDiagnostics(snapshot, {
								version,
								userAgent,
							});
							void copyText(diagnostics, "the diagnostics", announce);
						}}
					/>
				</section>
			)}
		</>
	);
}
