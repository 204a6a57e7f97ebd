import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { Connection } from "../../core/connection/connection.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { Platform } from "../../ui/background-client/platform.ts";
import type { Announce } from "../../ui/components/status.tsx";
import { requiredHostPattern } from "../../ui/errors/required-host.ts";
import type {
	ProfileForm,
	ProfileFormState,
	ProfileInput,
} from "../form/profile-form.ts";
import { createRedirect } from "../form/route.ts";

export interface SaveProfileOptions {
	readonly remote: Remote;
	readonly platform: Platform;
	readonly connections: readonly Connection[];
	readonly announce: Announce;
}

export interface ProfileActions {
	/** `form`: as it is to be saved. */
	submit(form: ProfileForm): Promise<void>;
	forgetKeys(): void;
	remove(): void;
}

export function createProfileActions(
	options: SaveProfileOptions,
	state: ProfileFormState,
	entry: ProfileSnapshot | undefined,
): ProfileActions {
	const { remote, announce } = options;
	const id = entry?.profile.id;
	const announceResult = (work: Promise<string>) => {
		work.then(announce, (error: Error) => announce(error.message));
	};
	return {
		submit: async (form) => {
			const redirect = createRedirect();
			const since = Date.now();
			// `saveProfile` announces why it failed; what was typed stays.
			const saved = await state
				.submit(form, (input) => saveProfile(options, id, input))
				.catch(() => undefined);
			if (!saved) return;
			expectPollResult(saved, since);
			redirect(saved);
		},
		forgetKeys: () => {
			if (!id) return;
			announceResult(
				remote.forgetCredentials({ id }).then(() => "The keys were deleted."),
			);
		},
		remove: () => {
			if (!entry) return;
			const { id, name } = entry.profile;
			const redirect = createRedirect();
			announceResult(
				remote.deleteProfile({ id }).then(() => {
					state.reset();
					redirect("");
					return `Deleted ${name}.`;
				}),
			);
		},
	};
}

/**
 * Saves the profile, and asks the browser for access to its host in the same click: the profile is saved whatever the answer.
 * Not async up to that question: after an await the click no longer counts.
 */
export function saveProfile(
	options: SaveProfileOptions,
	id: ProfileId | undefined,
	input: ProfileInput,
): Promise<ProfileId> {
	const { remote, platform, connections } = options;
	const pattern = requiredHostPattern(input.profile, connections);
	const answer = pattern ? platform.requestHost?.(pattern) : undefined;
	const saved = remote.saveProfile({ ...(id ? { id } : {}), ...input });
	const announced = announceSaved(saved, input, options);
	if (answer) void announceAnswer(announced, answer, `${pattern}`, options);
	return saved;
}

/** At once: the browser's question may stay open for any time. */
async function announceSaved(
	saved: Promise<ProfileId>,
	{ profile }: ProfileInput,
	{ announce }: SaveProfileOptions,
): Promise<ProfileId | undefined> {
	try {
		const id = await saved;
		announce(`Saved ${profile.name}.`);
		return id;
	} catch (error) {
		announce(messageOf(error));
		return undefined;
	}
}

async function announceAnswer(
	announced: Promise<ProfileId | undefined>,
	answer: Promise<boolean>,
	pattern: string,
	{ remote, announce }: SaveProfileOptions,
): Promise<void> {
	try {
		const isGranted = await answer;
		const id = await announced;
		if (!id) return;
		if (isGranted) await remote.pollNow({ id });
		else
			announce(
				`Saved. Access to ${pattern} was not granted, so it can't be polled yet.`,
			);
	} catch (error) {
		await announced;
		announce(messageOf(error));
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** The profile that was saved last, until its next poll has succeeded or failed. */
let expected: { readonly id: string; readonly since: number } | undefined;

function expectPollResult(id: string, since: number): void {
	expected = { id, since };
}

/** Scrolls to the fault of a profile that was just saved, and focuses it unless the user has moved on. */
export function useFocusFailedPoll(
	entry: ProfileSnapshot | undefined,
	bar: RefObject<HTMLElement | null>,
): void {
	const { fault, checkedAt } = entry ?? {};
	useEffect(() => {
		if (!expected || expected.id !== entry?.profile.id) return;
		const { since } = expected;
		if (fault && fault.at >= since) {
			expected = undefined;
			if (!isFocusAtSubmit()) return;
			bar.current?.scrollIntoView({ block: "center" });
			bar.current?.focus({ preventScroll: true });
		} else if (checkedAt && checkedAt >= since) expected = undefined;
	}, [entry?.profile.id, fault?.at, checkedAt]);
}

function isFocusAtSubmit(): boolean {
	const { activeElement, body } = document;
	return (
		activeElement === body ||
		activeElement?.closest("h1, .submit, .outcome") != null
	);
}
