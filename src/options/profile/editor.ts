// What the form's buttons do: save, forget the keys, delete.
import type { ProfileForm } from "../../core/profile/profile.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { createRedirect } from "../route.ts";
import { submit } from "../submit.ts";
import type { ProfileFormState } from "./profile-form.ts";
import { type SaveOptions, save } from "./save.ts";
import { expectPollResult } from "./use-outcome.ts";

export interface Editor {
	/** `form`: as it is to be saved. */
	submit(form: ProfileForm): Promise<void>;
	forgetKeys(): void;
	remove(): void;
}

export function createEditor(
	options: SaveOptions,
	state: ProfileFormState,
	entry: ProfileSnapshot | undefined,
): Editor {
	const { remote, say } = options;
	const id = entry?.profile.id;
	const tell = (work: Promise<string>) => {
		work.then(say, (error: Error) => say(error.message));
	};
	return {
		submit: async (form) => {
			const lead = createRedirect();
			const since = Date.now();
			// A background that is gone is told of by save; what was typed stays.
			const saved = await submit(state, form, (profile) =>
				save(options, { id, form, profile }),
			).catch(() => undefined);
			if (!saved) return;
			expectPollResult(saved, since);
			lead(saved);
		},
		forgetKeys: () => {
			if (!id) return;
			tell(
				remote.forgetCredentials({ id }).then(() => "The keys are forgotten."),
			);
		},
		remove: () => {
			if (!entry) return;
			const { id, name } = entry.profile;
			const lead = createRedirect();
			tell(
				remote.deleteProfile({ id }).then(() => {
					state.reset();
					lead("");
					return `Deleted ${name}.`;
				}),
			);
		},
	};
}
