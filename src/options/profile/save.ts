// Saving a profile: the browser is asked for the host in the click itself, the profile is kept whatever it answers.
import type { Connection } from "../../core/connection/connection.ts";
import type {
	FieldErrors,
	Profile,
	ProfileForm,
	ProfileId,
} from "../../core/profile/profile.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import type { Result } from "../../core/shared/result.ts";
import type { Platform } from "../../ui/background-client/platform.ts";
import { requiredHostPattern } from "../../ui/errors/needed-host.ts";

type Say = (text: string) => void;
type Saved = Promise<Result<ProfileId, FieldErrors>>;

export interface SaveOptions {
	readonly remote: Remote;
	readonly platform: Platform;
	readonly connections: readonly Connection[];
	readonly say: Say;
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
): Saved {
	const { remote, platform, connections, say } = options;
	const pattern = requiredHostPattern(profile, connections);
	const answer = pattern ? platform.requestHost?.(pattern) : undefined;
	const saved = remote.saveProfile({ ...(id ? { id } : {}), form });
	const told = tellSaved(saved, profile, say);
	if (answer) void tellAnswer(told, answer, `${pattern}`, options);
	return saved;
}

/** Says so at once: the browser's question may stand open for as long as it likes. */
async function tellSaved(
	saved: Saved,
	{ name }: Profile,
	say: Say,
): Promise<ProfileId | undefined> {
	try {
		const result = await saved;
		if (!result.ok) return undefined;
		say(`Saved ${name}.`);
		return result.value;
	} catch (error) {
		say(messageOf(error));
		return undefined;
	}
}

async function tellAnswer(
	told: Promise<ProfileId | undefined>,
	answer: Promise<boolean>,
	pattern: string,
	{ remote, say }: SaveOptions,
): Promise<void> {
	try {
		const isGranted = await answer;
		const id = await told;
		if (!id) return;
		if (isGranted) await remote.pollNow({ id });
		else say(`Saved. ${pattern} was not allowed, so it cannot be polled yet.`);
	} catch (error) {
		say(messageOf(error));
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
