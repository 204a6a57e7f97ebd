// Taking profiles along: export, import, and what may be told when something goes wrong.

import { saveFile } from "../../ui/background-client/platform.ts";
import { Button } from "../../ui/components/Button.tsx";
import { copyText } from "../../ui/copy/clipboard.ts";
import type { PageProps } from "../page.ts";
import { toDiagnostics } from "./diagnostics.ts";
import { toExport } from "./export.ts";
import { ImportForm } from "./ImportForm.tsx";
import "../more.css";

export interface ImportExportProps extends PageProps {
	/** What is to be imported, to begin with. */
	readonly text: string;
}

export function ImportExport(props: ImportExportProps) {
	const { profiles, connections, snapshot, version, text, say } = props;
	const exported = () =>
		toExport(
			profiles.map(({ profile }) => profile),
			connections.map(({ connection }) => connection),
		);
	return (
		<>
			<h1>{text ? "Import what was shared" : "Export and import"}</h1>
			{!text && (
				<section>
					<h2>Export</h2>
					<p class="hint">
						All profiles and connections as JSON, for another browser or a
						colleague. Never a key, a token or a password. One profile alone is
						shared from its own page.
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
							onClick={() => void copyText(exported(), "the export", say)}
						/>
					</div>
				</section>
			)}
			<section>
				{!text && <h2>Import</h2>}
				<ImportForm {...props} />
			</section>
			{!text && (
				<section>
					<h2>Diagnostics</h2>
					<p class="hint">
						For a report of a bug: states, counts and times. No names,
						identifiers, hosts or contents.
					</p>
					<Button
						name="Copy diagnostics"
						onClick={() => {
							const { userAgent } = navigator;
							const told = toDiagnostics(snapshot, { version, userAgent });
							void copyText(told, "the diagnostics", say);
						}}
					/>
				</section>
			)}
		</>
	);
}
