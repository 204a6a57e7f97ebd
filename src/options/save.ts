// Saving a profile: the browser is asked for the host in the click itself, the profile is kept whatever it answers.
import type { Remote } from "../core/contract.ts";
import type {
	FieldErrors,
	Profile,
	ProfileForm,
	ProfileId,
} from "../core/profile.ts";
import type { Result } from "../core/result.ts";
import { neededHost } from "../ui/needed-host.ts";
import type { Platform } from "../ui/platform.ts";

export interface SaveOptions {
	readonly remote: Remote;
	readonly platform: Platform;
	readonly say: (text: string) => void;
}

export interface Saving {
	readonly id: ProfileId | undefined;
	readonly form: ProfileForm;
	/** The form as parsed. */
	readonly profile: Profile;
}

/** Not async up to the question: after an await the click no longer counts. */
export function save(
	options: SaveOptions,
	{ id, form, profile }: Saving,
): Promise<Result<ProfileId, FieldErrors>> {
	const { remote, platform, say } = options;
	const pattern = neededHost(profile);
	const answer = pattern ? platform.requestHost?.(pattern) : undefined;
	const saved = remote.saveProfile({ ...(id ? { id } : {}), form });
	void Promise.all([saved, answer]).then(
		async ([result, isGranted]) => {
			if (!result.ok) return;
			if (isGranted === false)
				return say(
					`Saved. ${pattern} was not allowed, so it cannot be polled yet.`,
				);
			say(`Saved ${profile.name}.`);
			if (isGranted) await remote.pollNow({ id: result.value });
		},
		(error: Error) => say(error.message),
	);
	return saved;
}
