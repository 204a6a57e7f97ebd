// Taking profiles along: export, import, and what may be told when something goes wrong.
import { useState } from "preact/hooks";
import type { Snapshot } from "../core/snapshot.ts";
import { Button } from "../ui/Button.tsx";
import { put } from "../ui/copying.ts";
import { saveFile } from "../ui/save-file.ts";
import { toDiagnostics } from "./diagnostics.ts";
import { parseExport, toExport } from "./export.ts";
import { importAll } from "./import.ts";
import type { PageProps } from "./page.ts";
import "./more.css";

export interface TakeAlongProps extends PageProps {
	readonly snapshot: Snapshot;
	/** The extension's own. */
	readonly version: string;
}

export function TakeAlong(props: TakeAlongProps) {
	const { profiles, connections, snapshot, version, say } = props;
	const [pasted, setPasted] = useState("");
	const [problem, setProblem] = useState("");
	async function take(text: string): Promise<void> {
		const parsed = parseExport(text);
		setProblem(parsed.ok ? "" : parsed.error);
		if (!parsed.ok) return;
		const added = await importAll(props.remote, parsed.value, props);
		setPasted("");
		say(
			`Added ${count(added.profiles, "profile")} and ${count(added.connections, "connection")}; what was there already stays as it is.`,
		);
	}
	const tell = (work: Promise<void>) =>
		void work.catch((error: Error) => setProblem(error.message));
	const exported = () =>
		toExport(
			profiles.map(({ profile }) => profile),
			connections.map(({ connection }) => connection),
		);
	return (
		<>
			<h1>Export and import</h1>
			<section>
				<h2>Export</h2>
				<p class="hint">
					All profiles and connections as JSON, for another browser or a
					colleague. Never a key, a token or a password.
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
						onClick={() => void put(exported(), "the export", say)}
					/>
				</div>
			</section>
			<section>
				<h2>Import</h2>
				<div class="field">
					<label for="import">Export to import</label>
					<textarea
						id="import"
						rows={5}
						spellcheck={false}
						value={pasted}
						aria-invalid={problem ? "true" : undefined}
						aria-describedby={problem ? "import-error" : undefined}
						onInput={({ currentTarget }) => setPasted(currentTarget.value)}
					/>
					{problem && (
						<p class="error" id="import-error" role="alert">
							{problem}
						</p>
					)}
				</div>
				<div class="choices">
					<Button
						name="Import"
						disabled={!pasted.trim()}
						onClick={() => tell(take(pasted))}
					/>
					<label class="button file">
						Import from a file
						<input
							type="file"
							accept=".json,application/json"
							onChange={({ currentTarget }) => {
								const [file] = currentTarget.files ?? [];
								if (file) tell(file.text().then(take));
								currentTarget.value = "";
							}}
						/>
					</label>
				</div>
			</section>
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
						const text = toDiagnostics(snapshot, { version, userAgent });
						void put(text, "the diagnostics", say);
					}}
				/>
			</section>
		</>
	);
}

function count(number: number, what: string): string {
	return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}
