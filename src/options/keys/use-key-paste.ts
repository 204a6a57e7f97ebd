// Pasting keys, as a hook: all three at once with their end, a choice of several sets, or what is wrong with them.
import { useState } from "preact/hooks";
import type { PastedKeys } from "../../core/connection/pasted-credentials.ts";
import { isKeyField, isOneKey } from "../profile/paste.ts";

export interface KeyPaste {
	/** Sets of keys to choose from; empty when there is nothing to choose. */
	readonly choices: readonly PastedKeys[];
	/** Why what was pasted cannot be used; never repeats it. */
	readonly problem: string;
	/** Why some of the sets in it cannot be used, while others can. */
	readonly leftOut: readonly string[];
	/** A text that may hold keys. */
	take(text: string): Promise<void>;
	choose(pasted: PastedKeys): void;
	/** For the key fields: one value goes where it is pasted, all that a tool prints fills the three. */
	onPaste(event: ClipboardEvent): void;
}

/** Read when somebody pastes: what understands the formats is loaded then. */
const loadParser = () => import("../../core/connection/pasted-credentials.ts");

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
			if (isOneKey(text)) return;
			event.preventDefault();
			void take(text);
		},
	};
}
