// What a view may ask for: each command runs inside the queue and answers when its effect is saved.

import {
	endOfKeys,
	maskAccessKeyId,
	type OwnKeys,
	parseCredentials,
} from "../connection/credentials.ts";
import {
	apply,
	type Desk,
	put,
	reset,
	settle,
	whenRestored,
} from "../engine-runtime.ts";
import {
	amendVersion,
	deleteVersions,
	fetchAgain,
	importVersions,
} from "../history/history-commands.ts";
import {
	deleteDamaged,
	deleteDatabase,
	deleteOrphan,
	dismissLoss,
	reportUnreadable,
	withoutNewestKnown,
} from "../persisted-data-commands.ts";
import type { PollNow, ProfileRemote } from "../protocol/commands.ts";
import { takesCredentials } from "../protocol/snapshot.ts";
import { err, ok, type Result } from "../result.ts";
import { dueAt, newSession } from "../session/session.ts";
import {
	type Entry,
	findEntry,
	NO_USAGE,
	putEntry,
	removeEntry,
	toProfileRecord,
} from "../state.ts";
import {
	type FieldErrors,
	type Profile,
	type ProfileForm,
	type ProfileId,
	parseProfile,
	sourceOf,
} from "./profile.ts";

export function createCommands(desk: Desk): ProfileRemote {
	const run = <T>(command: () => Promise<T>) => whenRestored(desk, command);
	return {
		saveProfile: (input) => run(() => saveProfile(desk, input)),
		importProfiles: ({ forms }) => run(() => importProfiles(desk, forms)),
		deleteProfile: ({ id }) => run(() => deleteProfile(desk, id)),
		forgetCredentials: ({ id }) => run(() => forgetCredentials(desk, id)),
		pollNow: ({ id }) => run(() => pollNow(desk, id)),
		pause: ({ id }) => run(() => pause(desk, id)),
		resume: ({ id }) => run(() => resume(desk, id)),
		markSeen: ({ id, number }) => run(() => markSeen(desk, id, number)),
		pinVersion: ({ id, number, pinned }) =>
			run(() => amendVersion(desk, { id, number, pinned })),
		annotateVersion: ({ id, number, note }) =>
			run(() => amendVersion(desk, { id, number, note })),
		deleteVersions: (input) => run(() => deleteVersions(desk, input)),
		importVersions: ({ id }) => run(() => importVersions(desk, id)),
		fetchAgain: ({ id }) => run(() => fetchAgain(desk, id)),
		reportUnreadable: (input) => run(() => reportUnreadable(desk, input)),
		dismissLoss: ({ id }) => run(() => dismissLoss(desk, id)),
		deleteDamaged: (input) =>
			input.area === "database"
				? desk.enqueue(() => deleteDatabase(desk))
				: run(() => deleteDamaged(desk, input)),
		deleteOrphan: ({ id }) => run(() => deleteOrphan(desk, id)),
	};
}

async function saveProfile(
	desk: Desk,
	input: { readonly id?: ProfileId; readonly form: ProfileForm },
): Promise<Result<ProfileId, FieldErrors>> {
	const { ports } = desk;
	const old = input.id && findEntry(desk.state, input.id);
	// Deleted meanwhile in another window: what was typed is saved as a new profile rather than lost.
	const id = old ? old.profile.id : (ports.newId() as ProfileId);
	const profile = parseProfile(input.form, id);
	const keys = parseCredentials(input.form);
	if (!profile.ok || !keys.ok)
		return err({
			...(profile.ok ? {} : profile.error),
			...(keys.ok ? {} : keys.error),
		});
	const entry = amended(old || undefined, profile.value, ports.clock.now());
	await ports.vault.saveProfile(toProfileRecord(entry));
	put(desk, entry);
	const credentials = takesCredentials(profile.value) ? keys.value : undefined;
	if (credentials)
		await saveKeys(desk, entry, { ...credentials, ...endOfKeys(input.form) });
	await goOn(desk, entry, {
		isNew: old?.profile && sourceOf(old.profile) !== sourceOf(profile.value),
		hasKeys: credentials !== undefined,
	});
	return ok(id);
}

async function importProfiles(
	desk: Desk,
	forms: readonly ProfileForm[],
): Promise<Result<readonly ProfileId[], string>> {
	const { ports } = desk;
	const last = Math.max(0, ...desk.state.entries.map((one) => one.createdAt));
	const now = Math.max(ports.clock.now(), last + 1);
	const entries: Entry[] = [];
	for (const [index, form] of forms.entries()) {
		const parsed = parseProfile(form, ports.newId() as ProfileId);
		if (!parsed.ok)
			return err(
				`Profile ${index + 1} cannot be imported. ${Object.values(parsed.error).join(" ")}`,
			);
		// Profiles are listed by when they were created.
		entries.push(amended(undefined, parsed.value, now + index));
	}
	await ports.vault.saveProfiles(entries.map(toProfileRecord));
	// Sessions are opened by the alarm, which is due at once.
	settle(desk, entries.reduce(putEntry, desk.state));
	return ok(entries.map(({ profile }) => profile.id));
}

async function saveKeys(
	desk: Desk,
	entry: Entry,
	keys: OwnKeys,
): Promise<void> {
	await desk.ports.vault.saveCredentials(entry.profile.id, keys);
	const accessKeyHint = maskAccessKeyId(keys.accessKeyId);
	put(desk, { ...entry, accessKeyHint });
}

/** A call under way with other keys, or to another place, is given up; a session that only waits goes on with new keys. */
async function goOn(
	desk: Desk,
	{ profile, session, paused }: Entry,
	change: { readonly isNew: boolean | undefined; readonly hasKeys: boolean },
): Promise<void> {
	const isStuck = session.phase === "halted";
	const isRekeyed = change.hasKeys && session.phase !== "waiting";
	if (!(change.isNew || isStuck || isRekeyed) && session.phase !== "idle")
		return;
	await reset(desk, profile);
	if (!paused) await apply(desk, profile.id, { type: "woke" });
}

function amended(old: Entry | undefined, profile: Profile, now: number): Entry {
	if (old) {
		if (sourceOf(old.profile) === sourceOf(profile)) return { ...old, profile };
		// What was deleted here came from elsewhere.
		const { gone: _, ...rest } = old;
		return { ...withoutNewestKnown(rest, now), profile };
	}
	return {
		profile,
		createdAt: now,
		paused: false,
		seen: 0,
		session: newSession(profile.minimumPollIntervalSeconds),
		versions: [],
		lastNumber: 0,
		usage: NO_USAGE,
	};
}

async function deleteProfile(desk: Desk, id: ProfileId): Promise<void> {
	await desk.ports.vault.deleteProfile(id);
	settle(desk, removeEntry(desk.state, id));
}

async function forgetCredentials(desk: Desk, id: ProfileId): Promise<void> {
	const entry = findEntry(desk.state, id);
	if (!entry) return;
	await desk.ports.vault.saveCredentials(id, undefined);
	const { accessKeyHint: _, ...rest } = entry;
	put(desk, rest);
}

async function pollNow(desk: Desk, id: ProfileId): Promise<PollNow> {
	const before = findEntry(desk.state, id);
	if (!before) return { status: "no-such-profile" };
	await apply(desk, id, { type: "asked" });
	if (before.session.phase === "opening" || before.session.phase === "polling")
		return { status: "under-way" };
	const after = findEntry(desk.state, id)?.session ?? before.session;
	if (after.attempt !== before.session.attempt) return { status: "started" };
	return { status: "too-early", at: dueAt(after) };
}

async function pause(desk: Desk, id: ProfileId): Promise<void> {
	await amend(desk, id, { paused: true });
	await apply(desk, id, { type: "paused" });
}

async function resume(desk: Desk, id: ProfileId): Promise<void> {
	await amend(desk, id, { paused: false });
	await apply(desk, id, { type: "woke" });
}

async function markSeen(
	desk: Desk,
	id: ProfileId,
	number: number,
): Promise<void> {
	const entry = findEntry(desk.state, id);
	const newest = entry?.versions[0]?.number ?? 0;
	if (!entry || number <= entry.seen || number > newest) return;
	await amend(desk, id, { seen: number });
}

async function amend(
	desk: Desk,
	id: ProfileId,
	change: { readonly paused?: boolean; readonly seen?: number },
): Promise<void> {
	const entry = findEntry(desk.state, id);
	if (!entry) return;
	const next = { ...entry, ...change };
	await desk.ports.vault.saveProfile(toProfileRecord(next));
	put(desk, next);
}
