// Pasting keys into a connection, as a hook: all three at once with their end, a choice of several sets, or what is wrong.
import { useState } from "preact/hooks";
import type { Pasted } from "../core/pasted-credentials.ts";
import type { ConnectionFormState } from "./connection-fields.ts";
import { readPaste, toKeyFields } from "./paste.ts";
import type { PasteState } from "./use-paste.ts";

export function useKeyPaste(
	state: ConnectionFormState,
	say: (text: string) => void,
): PasteState {
	const [choices, setChoices] = useState<readonly Pasted[]>([]);

	function fill(pasted: Pasted): void {
		const fields = toKeyFields(pasted);
		for (const field of KEY_FIELDS) state.set(field, fields[field] ?? "");
		state.set("expiresAt", pasted.expiresAt?.toString() ?? "");
		say("Filled in the keys. They are not kept before you save.");
	}

	return {
		choices,
		onPaste(event) {
			const { target, clipboardData } = event;
			if (!(target instanceof HTMLInputElement)) return;
			if (!KEY_FIELDS.some((field) => field === target.name)) return;
			const result = readPaste(
				target.name,
				clipboardData?.getData("text/plain") ?? "",
			);
			setChoices(result.kind === "choice" ? result.choices : []);
			if (result.kind === "plain") return;
			event.preventDefault();
			if (result.kind === "keys") fill(result.pasted);
			if (result.kind === "refused")
				state.refuse({ accessKeyId: result.reason });
		},
		choose(pasted) {
			setChoices([]);
			fill(pasted);
		},
	};
}

const KEY_FIELDS = ["accessKeyId", "secretAccessKey", "sessionToken"] as const;
