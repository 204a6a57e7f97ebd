// What is to be imported: pasted, from a file or by a link; said what it is before it is taken.
import { useState } from "preact/hooks";
import { Button } from "../../ui/parts/Button.tsx";
import { importedText, leadOn } from "../route.ts";
import { type Exported, parseExport } from "./export.ts";
import { hostsToAsk, importAll } from "./import.ts";
import { describe } from "./import-words.ts";
import type { TakeAlongProps } from "./TakeAlong.tsx";

export function ImportForm(props: TakeAlongProps) {
	const { text, remote, platform, say } = props;
	const [pasted, setPasted] = useState(text);
	const [problem, setProblem] = useState("");
	const [isBusy, setBusy] = useState(false);
	const parsed = pasted.trim() ? parseExport(toText(pasted)) : undefined;
	async function take(exported: Exported): Promise<void> {
		// In the click itself: after an await the browser would not ask.
		const hosts = hostsToAsk(exported);
		const answer =
			hosts.length > 0 ? platform.requestHost?.(...hosts) : undefined;
		const lead = leadOn();
		const added = await importAll(remote, exported, props);
		// Not what was pasted meanwhile.
		setPasted((now) => (now === pasted ? "" : now));
		if (text && added.first) lead(added.first);
		const isAllowed = (await answer) !== false;
		say(
			`Added ${count(added.profiles, "profile")} and ${count(added.connections, "connection")}; what was there already stays as it is.${isAllowed ? "" : " Not all hosts were allowed: each profile says what is missing."}`,
		);
	}
	const submit = () => {
		setProblem(parsed && !parsed.ok ? parsed.error : "");
		if (!parsed?.ok) return;
		// A second click would add everything twice.
		setBusy(true);
		take(parsed.value)
			.catch((error: Error) => setProblem(error.message))
			.finally(() => setBusy(false));
	};
	return (
		<>
			<div class="field">
				<label for="import">Export to import</label>
				<textarea
					id="import"
					rows={5}
					spellcheck={false}
					value={pasted}
					aria-invalid={problem ? "true" : undefined}
					aria-describedby={problem ? "import-error" : undefined}
					onInput={({ currentTarget }) => {
						setPasted(currentTarget.value);
						setProblem("");
					}}
				/>
				{problem && (
					<p class="error" id="import-error" role="alert">
						{problem}
					</p>
				)}
				{parsed?.ok && <p class="hint">{describe(parsed.value)}</p>}
			</div>
			<div class="choices">
				<Button
					name="Import"
					kind="primary"
					disabled={isBusy || !pasted.trim()}
					onClick={submit}
				/>
				<label class="button file">
					Import from a file
					<input
						type="file"
						accept=".json,application/json"
						onChange={({ currentTarget }) => {
							const [file] = currentTarget.files ?? [];
							file?.text().then(setPasted, () => setProblem(UNREADABLE));
							currentTarget.value = "";
						}}
					/>
				</label>
			</div>
		</>
	);
}

const UNREADABLE = "This file could not be read.";

/** A link is as good as what it holds. */
function toText(pasted: string): string {
	const [, fragment] = /#(import=[\w-]+)/.exec(pasted) ?? [];
	return (fragment && importedText(fragment)) ?? pasted;
}

function count(number: number, what: string): string {
	return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}
