import { useState } from "preact/hooks";
import type { PastedKeys } from "../../core/connection/pasted-credentials.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { Button } from "../../ui/components/Button.tsx";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import { isKeyField } from "../form/key-fields.ts";

export interface KeyPaste {
	/** Sets of keys to choose from; empty when there is nothing to choose. */
	readonly choices: readonly PastedKeys[];
	/** Why the pasted text cannot be used; never repeats it. */
	readonly problem: string;
	/** Why some of the sets in it cannot be used, while others can. */
	readonly leftOut: readonly string[];
	/** A text that may hold keys. */
	take(text: string): Promise<void>;
	choose(pasted: PastedKeys): void;
	/** For the key fields: one value goes where it is pasted, all that a tool prints fills the three. */
	onPaste(event: ClipboardEvent): void;
}

/** Loaded when keys are pasted. */
const loadParser = () => import("../../core/connection/pasted-credentials.ts");

/** Handles pasted keys: `fill` is called with the keys, at once or after the user has chosen one of several sets. */
export function useKeyPaste(fill: (pasted: PastedKeys) => void): KeyPaste {
	const [choices, setChoices] = useState<readonly PastedKeys[]>([]);
	const [problem, setProblem] = useState("");
	const [leftOut, setLeftOut] = useState<readonly string[]>([]);

	function choose(pasted: PastedKeys): void {
		setChoices([]);
		setProblem("");
		fill(pasted);
	}
	async function take(text: string): Promise<void> {
		const { parsePastedCredentials } = await loadParser();
		const read = parsePastedCredentials(text);
		const found = read.ok ? read.value.sets : [];
		const [only] = found;
		setProblem(read.ok ? "" : read.error);
		setLeftOut(read.ok ? read.value.problems : []);
		setChoices(found.length > 1 ? found : []);
		if (only && found.length === 1) choose(only);
	}

	return {
		choices,
		problem,
		leftOut,
		take,
		choose,
		onPaste(event) {
			const { target, clipboardData } = event;
			if (!(target instanceof HTMLInputElement) || !isKeyField(target.name))
				return;
			const text = clipboardData?.getData("text/plain") ?? "";
			if (isOneValue(text)) return;
			event.preventDefault();
			void take(text);
		},
	};
}

/** One value, which belongs into the field that it was pasted into. */
export function isOneValue(text: string): boolean {
	return !/[\s={]/.test(text.trim());
}

interface PasteBoxProps {
	readonly paste: KeyPaste;
}

/** A box that reads keys from pasted or dropped text and never holds a text itself. */
export function PasteBox({ paste }: PasteBoxProps) {
	const { choices, problem, leftOut, take, choose } = paste;
	const takeFrom = (event: Event, data: DataTransfer | null) => {
		event.preventDefault();
		void take(data?.getData("text/plain") ?? "");
	};
	return (
		<>
			<div class="field">
				<label for="paste">Paste keys</label>
				<textarea
					id="paste"
					rows={2}
					// Always empty: browsers write the contents of text fields to disk.
					value=""
					placeholder="Paste keys here"
					spellcheck={false}
					autocomplete="off"
					aria-invalid={problem ? "true" : undefined}
					aria-describedby={problem ? "paste-error paste-hint" : "paste-hint"}
					onBeforeInput={(event) => event.preventDefault()}
					onPaste={(event) => takeFrom(event, event.clipboardData)}
					onDrop={(event) => takeFrom(event, event.dataTransfer)}
				/>
				{problem && (
					<p class="error" id="paste-error" role="alert">
						<ForeignText text={problem} />
					</p>
				)}
				{leftOut.length > 0 && (
					<p class="hint" role="status">
						Left out: <ForeignText text={leftOut.join(" ")} />
					</p>
				)}
				<p class="hint" id="paste-hint">
					Reads the output of AWS tools, shell commands, .env and
					~/.aws/credentials files, JSON, YAML, XML and CSV. Fills in the fields
					below; the text itself is not shown. Comments are ignored.
				</p>
			</div>
			<KeyChooser
				choices={choices}
				onChoose={(pasted: PastedKeys) => choose(pasted)}
			/>
		</>
	);
}

interface KeyChooserProps {
	readonly choices: readonly PastedKeys[];
	readonly onChoose: (pasted: PastedKeys) => void;
}

function KeyChooser({ choices, onChoose }: KeyChooserProps) {
	if (choices.length === 0) return null;
	return (
		<fieldset class="choices">
			<legend>
				The pasted text has {choices.length} sets of keys. Choose one.
			</legend>
			{choices.map((pasted, index) => (
				<Button
					key={pasted.name ?? index}
					name={escapeInvisible(pasted.name ?? `Set ${index + 1}`)}
					onClick={() => onChoose(pasted)}
				/>
			))}
		</fieldset>
	);
}
