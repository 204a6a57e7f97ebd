// Which of several sets of keys: a pasted credentials file has one for each profile.

import type { PastedKeys } from "../../core/connection/pasted-credentials.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { Button } from "../../ui/components/Button.tsx";

export interface KeyChooserProps {
	readonly choices: readonly PastedKeys[];
	readonly onChoose: (pasted: PastedKeys) => void;
}

export function KeyChooser({ choices, onChoose }: KeyChooserProps) {
	if (choices.length === 0) return null;
	return (
		<fieldset class="choices">
			<legend>
				What was pasted has {choices.length} sets of keys. Which one?
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
