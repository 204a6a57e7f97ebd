// A box for keys as any tool prints them: what is pasted or dropped there is read and gone; it never holds a text.
import type { PastedKeys } from "../../core/connection/pasted-credentials.ts";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import { KeyChooser } from "./KeyChooser.tsx";
import type { KeyPaste } from "./use-key-paste.ts";

export interface PasteBoxProps {
	readonly paste: KeyPaste;
}

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
					// Empty whatever is typed: no text is ever in the page.
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
